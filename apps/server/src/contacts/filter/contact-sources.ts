import type {
  ChannelQuestion,
  FieldCatalogue,
  MessageAction,
  RunState,
  SqlFacts,
  SqlSources,
} from '@perennial/conditions';
import type { Db, Pool } from '../../db/index.ts';
import { categorySql } from './category-sql.ts';
import { deviceFactsSql } from '../device-facts-sql.ts';
import { fieldSource } from './field-source.ts';
import type { Asking, KeptTypes } from './statement.ts';

/**
 * What rooms to the right know about contacts, as boolean expressions over a row of `contacts` by
 * that name, or as relations of facts.
 */
export interface ContactQuestions {
  channel: (question: ChannelQuestion, asking: Asking) => string;
  segment?: (id: string, asking: Asking) => string;
  channelChanges?: (question: ChannelQuestion, asking: Asking) => string;
  events?: (type: string, asking: Asking) => SqlFacts;
  keptEvents?: (type: string, at: 'first' | 'last', asking: Asking) => SqlFacts | undefined;
  orders?: (asking: Asking) => SqlFacts;
  /** The same, once what time did to these segments is known as well. */
  settled?: (
    db: Db,
    of: { workspaceId: number; segmentIds: number[]; now: Date },
  ) => Promise<ContactQuestions>;
  /** IDs of event types by key. */
  typeIds?: (db: Db, of: { workspaceId: number }) => Promise<ReadonlyMap<string, number>>;
  /** Asks a question with the times of events that are kept. */
  withKept?: WithKept;
  messages?: (action: MessageAction, machine: boolean, asking: Asking) => SqlFacts;
  runs?: (workflow: string, state: RunState, asking: Asking) => SqlFacts;
}

/** With `tend`, times are kept from now on that would have made a slow question quick. */
export type WithKept = <Answer>(
  db: Db,
  of: { workspaceId: number; tend?: { pool: Pool; now: Date } },
  ask: (kept: KeptTypes) => Promise<Answer>,
) => Promise<Answer>;

/** The same where nothing is kept. */
export const withoutKept: WithKept = (_db, _of, ask) => ask({ whole: new Set(), asked: new Set() });

/** Where all that is known of contacts lies, for conditions that become SQL. */
export function contactSources({
  fields,
  asking,
  questions,
}: {
  fields: FieldCatalogue;
  asking: Asking;
  questions: ContactQuestions;
}): SqlSources {
  const { channel, channelChanges, segment, events, keptEvents, orders, messages, runs } =
    questions;
  return {
    field: (name) => fieldSource(name, { fields, put: asking.put }),
    contactZone: `(contacts.fields ->> 'time_zone')`,
    channel: (question) => channel(question, asking),
    category: (key) => categorySql(key, asking),
    devices: () => deviceFactsSql(asking),
    ...(channelChanges && {
      channelChanges: (question: ChannelQuestion) => channelChanges(question, asking),
    }),
    ...(segment && { segment: (id: string) => segment(id, asking) }),
    ...(events && { events: (type: string) => events(type, asking) }),
    ...(keptEvents && {
      keptEvents: (type: string, at: 'first' | 'last') => keptEvents(type, at, asking),
    }),
    ...(orders && { orders: () => orders(asking) }),
    ...(messages && {
      messages: (action: MessageAction, machine: boolean) => messages(action, machine, asking),
    }),
    ...(runs && { runs: (workflow: string, state: RunState) => runs(workflow, state, asking) }),
  };
}
