import type { MessageAction, MessageFact } from '@perennial/conditions';
import type { Db } from '../db/index.ts';
import type { EventTypeIds } from '../events/index.ts';
import type { JsonObject } from '../inbox/index.ts';

/** The facts that tell what became of messages. */
const TYPES: Record<MessageAction, string> = {
  sent: 'MessageSent',
  delivered: 'MessageDelivered',
  opened: 'MessageOpened',
  clicked: 'MessageClicked',
  undelivered: 'MessageUndelivered',
  unsubscribed: 'MessageUnsubscribed',
  complained: 'MessageComplained',
};

interface Asked {
  workspaceId: number;
  contactIds: number[];
  /** Since when each is needed: epoch milliseconds, or -Infinity. */
  actions: ReadonlyMap<MessageAction, number>;
  /** `opened`, `clicked`: whether a person did that with the same send. */
  outcomes: ReadonlySet<string>;
  eventTypes: EventTypeIds;
  now: Date;
}

/** What became of messages to contacts, by contact and action; test sends are none. */
export async function readMessageFacts(
  db: Db,
  asked: Asked,
): Promise<Map<number, Map<MessageAction, MessageFact[]>>> {
  if (asked.contactIds.length === 0) return new Map();
  const types = await typesOf(asked);
  const rows = await findFacts(db, asked, types);
  const messageIds = [...new Set(rows.map((row) => row.message_id))];
  const tags = await namesOf(db, TAGS, messageIds);
  const categories = await namesOf(db, CATEGORIES, messageIds);
  const outcomes = await findOutcomes(db, asked, types);
  const found = new Map<number, Map<MessageAction, MessageFact[]>>();
  for (const row of rows) {
    const own = found.get(row.contact_id) ?? new Map<MessageAction, MessageFact[]>();
    found.set(row.contact_id, own);
    const action = types.actionOf.get(row.event_type_id)!;
    const facts = own.get(action) ?? [];
    own.set(action, facts);
    const did = (outcome: string) =>
      asked.outcomes.has(outcome) && { [outcome]: outcomes.has(`${outcome} ${sendKey(row)}`) };
    facts.push({
      event: action,
      occurredAt: row.occurred_at.getTime(),
      send: row.send,
      machine: row.machine,
      params: {
        channel: row.channel,
        message: String(row.message_id),
        campaign: textOf(row.campaign_id),
        workflow: textOf(row.workflow_id),
        language: row.language,
        url: row.url,
        tag: tags.get(row.message_id) ?? [],
        category: categories.get(row.message_id) ?? [],
        ...did('opened'),
        ...did('clicked'),
      } satisfies JsonObject,
    });
  }
  return found;
}

interface Types {
  idOf: (action: MessageAction) => number;
  actionOf: ReadonlyMap<number, MessageAction>;
}

async function typesOf({ workspaceId, actions, outcomes, eventTypes, now }: Asked): Promise<Types> {
  const named = [...new Set([...actions.keys(), ...outcomes])] as MessageAction[];
  const ids = await eventTypes.idsOf(
    workspaceId,
    named.map((action) => TYPES[action]),
    now,
  );
  const idOf = (action: MessageAction): number => ids.get(TYPES[action])!;
  return { idOf, actionOf: new Map(named.map((action) => [idOf(action), action])) };
}

interface FactRow {
  contact_id: number;
  event_type_id: number;
  occurred_at: Date;
  send: string;
  url: string | null;
  machine: boolean;
  channel: string;
  message_id: number;
  campaign_id: number | null;
  workflow_id: number | null;
  language: string | null;
}

/** Indexes events_pkey, sends_pkey. The send knows more than some of its facts tell. */
async function findFacts(
  db: Db,
  { contactIds, actions }: Asked,
  { idOf }: Types,
): Promise<FactRow[]> {
  const asked = [...actions].map(([action, from]) => ({ type: idOf(action), from: instant(from) }));
  const { rows } = await db.query<FactRow>({
    name: 'find_message_facts',
    text: `select e.contact_id, e.event_type_id, e.occurred_at, s.id::text as send, e.params ->> 'url' as url,
                  coalesce(e.params ? 'machine', false) as machine, s.channel, s.message_id, s.campaign_id,
                  s.workflow_id, s.language
             from unnest($2::bigint[], $3::timestamptz[]) as asked (event_type_id, since)
             join events e
               on e.contact_id = any($1) and e.event_type_id = asked.event_type_id
              and e.occurred_at >= asked.since
             join sends s on s.contact_id = e.contact_id and s.id::text = e.params ->> 'send'
            where not s.test and e.occurred_at >= $4`,
    values: [
      contactIds,
      asked.map(({ type }) => type),
      asked.map(({ from }) => from),
      // Lets the planner leave out whole partitions.
      instant(Math.min(...actions.values())),
    ],
  });
  return rows;
}

/** With which sends a person did what is asked, as `opened CONTACT SEND`. Index events_pkey. */
async function findOutcomes(
  db: Db,
  { contactIds, outcomes }: Asked,
  { idOf, actionOf }: Types,
): Promise<Set<string>> {
  if (outcomes.size === 0) return new Set();
  const { rows } = await db.query<{ contact_id: number; event_type_id: number; send: string }>({
    name: 'find_message_outcomes',
    text: `select distinct contact_id, event_type_id, params ->> 'send' as send
             from events
            where contact_id = any($1) and event_type_id = any($2)
              and not coalesce(params ? 'machine', false)`,
    values: [contactIds, [...outcomes].map((outcome) => idOf(outcome as MessageAction))],
  });
  return new Set(rows.map((row) => `${actionOf.get(row.event_type_id)!} ${sendKey(row)}`));
}

function sendKey({ contact_id: contactId, send }: { contact_id: number; send: string }): string {
  return `${contactId} ${send}`;
}

const TAGS = `select l.object_id as message_id, array_agg(t.name) as names
                from tag_links l
                join tags t on t.id = l.tag_id
               where l.object_kind = 'message' and l.object_id = any($1)
               group by 1`;

const CATEGORIES = `select l.message_id, array_agg(c.key) as names
                      from message_categories l
                      join categories c on c.id = l.category_id
                     where l.message_id = any($1)
                     group by 1`;

async function namesOf(db: Db, text: string, messageIds: number[]): Promise<Map<number, string[]>> {
  if (messageIds.length === 0) return new Map();
  const { rows } = await db.query<{ message_id: number; names: string[] }>(text, [messageIds]);
  return new Map(rows.map((row) => [row.message_id, row.names]));
}

function textOf(id: number | null): string | null {
  return id === null ? null : String(id);
}

function instant(from: number): string {
  return Number.isFinite(from) ? new Date(from).toISOString() : '-infinity';
}
