import {
  compileSql,
  contactConditions,
  NotInSql,
  type ChannelQuestion,
  type SqlSources,
} from '@perennial/conditions';
import { Problem } from '../../http/index.ts';
import type { CheckedFilter } from './check-filter.ts';
import { categorySql } from './category-sql.ts';
import { fieldTypesOf } from './condition-fields.ts';
import { fieldSource } from './field-source.ts';
import { knownZones } from './known-zones.ts';
import type { Asking, Put } from './statement.ts';

/**
 * What rooms to the right know about contacts, as boolean expressions over a row of `contacts`
 * by that name.
 */
export interface ContactQuestions {
  channel: (question: ChannelQuestion, asking: Asking) => string;
  segment?: (id: string, asking: Asking) => string;
}

export interface FilterContext {
  workspaceId: number;
  workspaceZone: string;
  now: Date;
  questions: ContactQuestions;
}

/** Writes a filter into a statement over `contacts`. */
export function filterSql(
  { node, rules }: CheckedFilter,
  { put, workspaceId, workspaceZone, now, questions }: FilterContext & { put: Put },
): string {
  const fields = fieldTypesOf(rules);
  const asking = { put, workspaceId, now };
  const { channel, segment } = questions;
  const sources: SqlSources = {
    field: (name) => fieldSource(name, { fields, put }),
    contactZone: `(contacts.fields ->> 'time_zone')`,
    channel: (question) => channel(question, asking),
    ...(segment && { segment: (id: string) => segment(id, asking) }),
    category: (key) => categorySql(key, asking),
  };
  const sql = { put, now: now.getTime(), workspaceZone, zones: knownZones(), sources };
  try {
    return compileSql(node, { sql, fields, types: contactConditions });
  } catch (error) {
    if (!(error instanceof NotInSql)) throw error;
    throw new Problem('unprocessable', { detail: error.message, cause: error });
  }
}
