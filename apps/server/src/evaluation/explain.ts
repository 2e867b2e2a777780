import {
  compileRule,
  segmentConditions,
  type Definition,
  type EventContent,
  type ExplainedNode,
  type Facts,
  type Json,
} from '@perennial/conditions';
import type { segmentExplanationSchema } from '@perennial/contracts';
import type { z } from 'zod';
import {
  fieldTypesOf,
  loadContacts,
  MASKED,
  type ContactState,
  type CustomRules,
} from '../contacts/index.ts';
import type { Db } from '../db/index.ts';
import { findTypeIds } from '../events/index.ts';
import { notFound, type WorkspaceRef } from '../http/index.ts';
import { maskContact, mayReadPersonal, type Rights } from '../users/index.ts';
import { zoneOf } from './facts/contact-fields.ts';
import { loadFacts, type ReadRuns } from './facts/load-facts.ts';
import { neededFacts } from './facts/needed-facts.ts';
import type { Say } from './words.ts';

type Explained = Omit<z.output<typeof segmentExplanationSchema>, 'kept'>;

export interface ToExplain {
  workspace: WorkspaceRef;
  definition: Definition;
  rules: CustomRules;
  contactId: number;
  now: Date;
  /** The event that `$event` leads into. */
  trigger?: EventContent | undefined;
  rights: Rights;
  readRuns: ReadRuns;
  say: Say;
}

/** Why a contact is in a segment of this rule now, or is not; a deleted one is in nothing. */
export async function explainContact(db: Db, asked: ToExplain): Promise<Explained> {
  const { workspace, definition, rules, contactId, rights, say } = asked;
  const contact = (await loadContacts(db, { ids: [contactId] })).get(contactId);
  if (!contact || contact.workspaceId !== workspace.id) throw notFound('contact');
  const facts = await factsOf(db, { ...asked, contact });
  const rule = compileRule(definition, { fields: fieldTypesOf(rules), types: segmentConditions });
  const { missing, tree } = rule.explain(facts);
  const { result, changesAt } = rule.judge(facts);
  const isThere = contact.deletedAt === null;
  return {
    member: isThere && result,
    next_change_at: isThere ? instantOf(changesAt) : null,
    missing: [...missing],
    tree: present(tree, { rights, say }),
  };
}

/** A rule about the next hundred years may tell of an instant that no calendar has. */
const LAST_INSTANT = 8.64e15;

function instantOf(at: number): Date | null {
  return at < LAST_INSTANT ? new Date(at) : null;
}

async function factsOf(
  db: Db,
  { workspace, definition, contact, readRuns, now, trigger }: ToExplain & { contact: ContactState },
): Promise<Facts> {
  const { id: workspaceId, timeZone: workspaceZone, currency: workspaceCurrency } = workspace;
  const zone = zoneOf(contact);
  const needs = neededFacts([definition], {
    now: now.getTime(),
    workspaceZone,
    contactZones: zone ? [zone] : [],
    types: segmentConditions,
  });
  const [facts] = await loadFacts(db, [{ contact, at: now.getTime(), needs }], {
    workspaceId,
    workspaceZone,
    workspaceCurrency,
    // Looking registers nothing: of a type that is not there, there are no events.
    eventTypes: { idsOf: (_workspace, keys) => findTypeIds(db, { workspaceId, keys: [...keys] }) },
    readRuns,
    now,
  });
  return { ...facts!, trigger };
}

interface Reader {
  rights: Rights;
  say: Say;
}

function present(
  { node, result, values, children }: ExplainedNode,
  reader: Reader,
): Explained['tree'] {
  return {
    node,
    result,
    values: maskValues(node as { type?: string; field?: string }, values, reader.rights),
    sentence: reader.say(node),
    children: children.map((child) => present(child, reader)),
  };
}

const INSTANT = /^\d{4}-\d{2}-\d{2}(T|$)/;

/**
 * What a condition saw, without what the caller may not read: personal fields as on a card, and of
 * parameters the texts, as in a list of events.
 */
function maskValues(
  { type, field }: { type?: string; field?: string },
  values: Readonly<Record<string, Json>>,
  rights: Rights,
): Record<string, Json> {
  if (mayReadPersonal(rights)) return { ...values };
  const mask = (value: Json): Json => {
    if (type === 'field' && field !== undefined) return maskField(field, value, rights);
    if (type !== 'event' && type !== 'order') return maskContact(value, rights);
    return typeof value === 'string' && !INSTANT.test(value) ? MASKED : value;
  };
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, mask(value)]));
}

function maskField(field: string, value: Json, rights: Rights): Json {
  const [member] = field.split('.') as [string];
  return maskContact({ [member]: value }, rights)[member] ?? null;
}
