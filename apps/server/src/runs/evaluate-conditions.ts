import type { Answer, Question } from '@perennial/blocks/steps';
import {
  checkNode,
  compileRule,
  leavesOf,
  requirements,
  workflowConditions,
  type BaseCondition,
  type ChannelFact,
  type CompiledRule,
  type EventFact,
  type ExplainedNode,
  type Explanation,
  type Json,
  type Node,
} from '@perennial/conditions';
import { findSubscribed, type CategoryRow } from '../categories/index.ts';
import {
  fieldTypesOf,
  readPlatforms,
  type ContactState,
  type CustomRules,
} from '../contacts/index.ts';
import type { Tx } from '../db/index.ts';
import type { EventTypeIds } from '../events/index.ts';
import { ordersOfContacts } from '../orders/index.ts';
import { readEntries } from '../segments/index.ts';
import { findChannelFacts } from '../sends/index.ts';
import { contactFields, zoneOf } from './contact-fields.ts';
import { findEvents } from './queries.ts';

/** What a condition is evaluated with. */
export interface EvaluationParts {
  contacts: ReadonlyMap<number, ContactState>;
  eventTypes: EventTypeIds;
  /** Rules of the custom fields that are named. */
  rules: (workspaceId: number, fields: string[]) => Promise<CustomRules>;
  zone: (workspaceId: number) => string;
  now: number;
}

/**
 * Answers conditions about runs' contacts, in the order of the questions. Facts are loaded by one
 * statement for each event type that any of the conditions mentions.
 */
export async function evaluateConditions(
  tx: Tx,
  questions: readonly Question[],
  parts: EvaluationParts,
): Promise<Answer[]> {
  const answers = new Map<Question, Answer>();
  for (const [workspaceId, own] of Map.groupBy(questions, ({ run }) => run.workspaceId)) {
    for (const [question, answer] of await evaluateIn(tx, workspaceId, own, parts)) {
      answers.set(question, answer);
    }
  }
  return questions.map((question) => answers.get(question)!);
}

async function evaluateIn(
  tx: Tx,
  workspaceId: number,
  questions: Question[],
  parts: EvaluationParts,
): Promise<Map<Question, Answer>> {
  const nodes = [...new Set(questions.map(({ node }) => node))];
  const named = nodes.flatMap(fieldsNamed);
  const rules = named.length > 0 ? await parts.rules(workspaceId, named) : NO_RULES;
  const compiled = new Map(nodes.map((node) => [node, compile(node, rules)]));
  const asked = questions.filter(({ node }) => !compiled.get(node)!.problem);
  const events = await loadEvents(tx, workspaceId, asked, parts);
  const entries = await loadEntries(tx, asked);
  const orders = await loadOrderFacts(tx, asked);
  const platforms = await loadPlatforms(tx, asked);
  const consents = await loadConsents(tx, { workspaceId, questions: asked, now: parts.now });
  const workspaceZone = parts.zone(workspaceId);
  return new Map(
    questions.map((question) => {
      const { rule, problem } = compiled.get(question.node)!;
      if (!rule) return [question, { problem }];
      const { run } = question;
      const contact = parts.contacts.get(run.contactId)!;
      const explanation = rule.explain({
        now: parts.now,
        workspaceZone,
        contactZone: zoneOf(contact),
        fields: {
          ...contactFields(contact),
          device_platform: platforms.get(run.contactId) ?? null,
        },
        events: events.get(run.contactId) ?? NO_EVENTS,
        orders: orders.get(run.contactId),
        segments: entries.get(run.contactId),
        categories: consents.categories.get(run.contactId),
        channels: consents.channels.get(run.contactId),
        trigger: run.trigger,
      });
      return [question, answerOf(explanation)];
    }),
  );
}

const NO_RULES: CustomRules = new Map();
const NO_EVENTS: ReadonlyMap<string, readonly EventFact[]> = new Map();

interface Compiled {
  rule?: CompiledRule;
  /** Why the condition cannot be evaluated: a field that it names is gone, or changed its type. */
  problem: string;
}

// By the checked settings of a block, which live as long as their version, and by the rules of the
// workspace's fields, which are replaced when they change.
const known = new WeakMap<object, { rules: CustomRules; compiled: Compiled }>();

function compile(node: unknown, rules: CustomRules): Compiled {
  const found = known.get(node as object);
  if (found?.rules === rules) return found.compiled;
  const fields = fieldTypesOf(rules);
  const checked = checkNode(node, { fields, types: workflowConditions });
  const compiled: Compiled = checked.ok
    ? { rule: compileRule(checked.value, { fields, types: workflowConditions }), problem: '' }
    : { problem: checked.issues.map((issue) => `${issue.path} ${issue.message}`).join('; ') };
  known.set(node as object, { rules, compiled });
  return compiled;
}

/** Custom fields: the others need no rules. */
function fieldsNamed(node: unknown): string[] {
  return [...leavesOf<BaseCondition & { field?: string }>(node as Node)].flatMap(({ field }) =>
    typeof field === 'string' && field.startsWith('custom.') ? [field] : [],
  );
}

/** Since when the contacts are in the segments that are named. */
async function loadEntries(
  tx: Tx,
  questions: Question[],
): Promise<Map<number, Map<string, number>>> {
  const nodes = [...new Set(questions.map(({ node }) => node as Node))];
  const named = nodes.flatMap((node) =>
    [...leavesOf<BaseCondition & { segment?: string }>(node)].flatMap(({ type, segment }) =>
      type === 'segment' && segment !== undefined ? [Number(segment)] : [],
    ),
  );
  if (named.length === 0) return new Map();
  const contactIds = [...new Set(questions.map(({ run }) => run.contactId))];
  return readEntries(tx, { contactIds, segmentIds: [...new Set(named)] });
}

/** What the devices of the contacts run, if some condition asks. */
async function loadPlatforms(tx: Tx, questions: Question[]): Promise<Map<number, string[]>> {
  const asking = questions.filter(({ node }) =>
    [...leavesOf<BaseCondition & { field?: string }>(node as Node)].some(
      ({ field }) => field === 'device_platform',
    ),
  );
  if (asking.length === 0) return new Map();
  return readPlatforms(tx, { contactIds: [...new Set(asking.map(({ run }) => run.contactId))] });
}

/** The orders of the contacts, as the conditions see them. */
async function loadOrderFacts(
  tx: Tx,
  questions: Question[],
): Promise<Map<number, readonly EventFact[]>> {
  const asking = questions.filter(({ node }) =>
    [...leavesOf<BaseCondition>(node as Node)].some(({ type }) => type === 'order'),
  );
  const contactIds = [...new Set(asking.map(({ run }) => run.contactId))];
  const found = await ordersOfContacts(tx, { contactIds });
  return new Map(
    [...Map.groupBy(found, (order) => order.contactId)].map(([id, own]) => [
      id,
      own.map((order) => ({
        event: 'order',
        occurredAt: order.orderedAt,
        params: {
          ...order.details,
          id: order.externalOrderId,
          status: order.status,
          total: order.total,
          currency: order.currency,
          items: order.items,
        },
        key: order.externalOrderId,
        source: order.source,
      })),
    ]),
  );
}

interface Consents {
  categories: Map<number, Set<string>>;
  channels: Map<number, ChannelFact[]>;
}

/** What the contacts agreed to, as far as some condition asks about it. */
async function loadConsents(
  tx: Tx,
  { workspaceId, questions, now }: { workspaceId: number; questions: Question[]; now: number },
): Promise<Consents> {
  const leaves = [...new Set(questions.map(({ node }) => node as Node))].flatMap((node) => [
    ...leavesOf<BaseCondition & { channel?: string }>(node),
  ]);
  const contactIds = [...new Set(questions.map(({ run }) => run.contactId))];
  const asksCategories = leaves.some(({ type }) => type === 'category');
  const channels = leaves.flatMap(({ type, channel }) =>
    type === 'channel' && channel !== undefined ? [channel] : [],
  );
  const subscribed = asksCategories
    ? await findSubscribed(tx, { workspaceId, contactIds })
    : NOBODY;
  return {
    categories: new Map(
      [...subscribed].map(([id, rows]) => [id, new Set(rows.map(({ key }) => key))]),
    ),
    channels: await findChannelFacts(tx, {
      workspaceId,
      contactIds,
      channels: [...new Set(channels)],
      now: new Date(now),
    }),
  };
}

const NOBODY: Map<number, CategoryRow[]> = new Map();

type EventsByContact = Map<number, Map<string, EventFact[]>>;

async function loadEvents(
  tx: Tx,
  workspaceId: number,
  questions: Question[],
  { contacts, eventTypes, zone, now }: EvaluationParts,
): Promise<EventsByContact> {
  const loaded: EventsByContact = new Map();
  if (questions.length === 0) return loaded;
  const nodes = [...new Set(questions.map(({ node }) => node as Node))];
  const contactIds = [...new Set(questions.map(({ run }) => run.contactId))];
  const needed = requirements(nodes, {
    now,
    workspaceZone: zone(workspaceId),
    contactZones: contactIds.flatMap((id) => zoneOf(contacts.get(id)) ?? []),
    types: workflowConditions,
  });
  const types = [...needed.events.keys()];
  const ids = await eventTypes.idsOf(workspaceId, types, new Date(now));
  const text = JSON.stringify(nodes);
  for (const [type, from] of needed.events) {
    const rows = await findEvents(tx, {
      contactIds,
      typeId: ids.get(type)!,
      from: Number.isFinite(from) ? new Date(from) : '-infinity',
      // Counting needs no parameters, and they are most of what is read.
      withParams: text.includes('"param"'),
      withContext: text.includes('"$context'),
    });
    for (const row of rows) {
      const own = loaded.get(row.contact_id) ?? new Map<string, EventFact[]>();
      loaded.set(row.contact_id, own);
      const facts = own.get(type) ?? [];
      own.set(type, facts);
      facts.push({
        event: type,
        occurredAt: row.occurred_at.getTime(),
        params: row.params ?? {},
        key: row.key,
        source: row.source,
        context: row.context,
      });
    }
  }
  return loaded;
}

/** The leaves in the order of the definition, with what they saw. */
function answerOf({ result, missing, tree }: Explanation): Answer {
  const conditions = [...conditionsOf(tree)];
  return {
    result,
    values: { result, ...(missing.length > 0 && { missing: [...missing] }), conditions },
  };
}

function* conditionsOf(node: ExplainedNode): Generator<Json> {
  for (const child of node.children) yield* conditionsOf(child);
  const { type, field, event, param, segment, category, channel } = node.node as Record<
    string,
    Json | undefined
  >;
  if (typeof type !== 'string') return;
  const about = field ?? event ?? param ?? segment ?? category ?? channel;
  yield {
    type,
    ...(about !== undefined && { about }),
    result: node.result,
    values: node.values,
  };
}
