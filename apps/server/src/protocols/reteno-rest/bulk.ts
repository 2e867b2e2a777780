import { z } from 'zod';
import { contactsByField, type FieldRow } from '../../contacts/index.ts';
import { inTransaction } from '../../db/index.ts';
import {
  findSession,
  insertSession,
  readResultsOf,
  type ImportResult,
} from '../../imports/index.ts';
import { appendWithin, LANES, type IdentifyItem } from '../../inbox/index.ts';
import { maskContact } from '../../users/index.ts';
import { bulkBody, type BulkBody } from './bulk-body.ts';
import { bulkItem, textOf, type BulkRules } from './bulk-item.ts';
import { contactBody, readContact, type ContactFacts } from './contact-body.ts';
import { defineEndpoint, type Endpoint, type RestContext } from './endpoint.ts';
import { RestError } from './rest-error.ts';
import { readRestFields, type RestFields } from './rest-fields.ts';
import { describeIssues, restId } from './schemas.ts';

const MAX_BULK_BYTES = 16 * 1024 * 1024;

const bulk = defineEndpoint({
  method: 'POST',
  url: '/v1/contacts',
  summary: 'Add and update up to 3,000 contacts',
  description:
    'Answers as soon as they are durable; `GET /v1/importstatus/{asyncSessionId}` tells what ' +
    'became of them. Contacts are found by externalCustomerId, else by what `dedupeOn` names, ' +
    'which is not updated. With `contactFields` only those change, and are emptied where a contact ' +
    'lacks them; custom fields change only if `customFieldsIDs` names them.',
  rights: ['contacts.write'],
  bodyLimit: MAX_BULK_BYTES,
  oldAnswer: true,
  body: bulkBody,
  example: {
    contacts: [
      {
        externalCustomerId: 'user-1',
        firstName: 'Ada',
        channels: [{ type: 'email', value: 'ada@example.com' }],
      },
      { externalCustomerId: 'user-2', channels: [{ type: 'sms', value: '380501234567' }] },
    ],
    dedupeOn: 'email',
    groupNames: ['Runners'],
    restoreDeleted: false,
    eventKeyForNewContacts: 'ContactImported',
  },
  handler: async (context) => {
    const { db, parts, workspaceId, now, body } = context;
    const fields = await readRestFields(db, { workspaceId });
    const checked = checkContacts(context, fields);
    const rules = await rulesOf(context, { fields, facts: checked.map(({ facts }) => facts) });
    const lane = LANES.stream;
    const session = await inTransaction(db, async (tx) => {
      const place = { workspaceId, session: 0 };
      const made = checked.map((entry) => makeItem(entry, rules, place));
      const items = made.flatMap(({ item }) => item ?? []);
      const failed = made.filter(({ item }) => !item);
      if (items.length === 0) throw nothingToDo(failed);
      const id = await insertSession(tx, { workspaceId, contacts: items.length, now });
      for (const { part } of items) part!.session = id;
      await appendWithin(tx, { workspaceId, lane, items, clock: parts.clock });
      return { id, failed };
    });
    return {
      asyncSessionId: String(session.id),
      failedContacts: session.failed.map(({ n, problem }) => failedContact(body, n, problem)),
      ...(session.failed.length > 0 && { errorMessage: messageOf(session.failed) }),
      id: 0,
    };
  },
});

interface Checked {
  n: number;
  facts?: ContactFacts;
  problem?: string;
}

function checkContacts(
  { body, country }: RestContext<unknown, unknown, BulkBody>,
  fields: RestFields,
): Checked[] {
  return body.contacts.map((sent, n): Checked => {
    const result = contactBody.safeParse(sent);
    if (!result.success)
      return { n, problem: describeIssues(result.error, ['contacts', n]).join('\n') };
    const read = readContact(result.data, { fields, country }, ['contacts', n]);
    return read.ok ? { n, facts: read.facts } : { n, problem: read.problems.join('\n') };
  });
}

interface Made {
  n: number;
  item?: IdentifyItem;
  problem: string;
}

function makeItem(
  { n, facts, problem = '' }: Checked,
  rules: BulkRules,
  place: { workspaceId: number; session: number },
): Made {
  if (!facts) return { n, problem };
  const item = bulkItem(facts, rules, { ...place, n });
  if (item) return { n, item, problem: '' };
  return { n, problem: `contacts[${n}]: has no externalCustomerId and nothing for dedupeOn` };
}

/** What the call says of all contacts, checked against the fields of the workspace. */
async function rulesOf(
  { db, workspaceId, now, body }: RestContext<unknown, unknown, BulkBody>,
  { fields, facts }: { fields: RestFields; facts: (ContactFacts | undefined)[] },
): Promise<BulkRules> {
  const named = (id: number, member: string): FieldRow => {
    const field = fields.byId.get(id);
    if (!field) throw new RestError(400, `${member}: there is no field ${id}`);
    return field;
  };
  const { dedupeOn, fieldId, contactFields, customFieldsIDs } = body;
  if (dedupeOn === 'fieldId' && !fieldId) {
    throw new RestError(400, 'fieldId: is required where dedupeOn is fieldId');
  }
  const dedupeField = dedupeOn === 'fieldId' ? named(fieldId!, 'fieldId') : undefined;
  return {
    dedupeOn,
    dedupeField,
    byField: dedupeField
      ? await contactsByField(db, {
          workspaceId,
          field: `custom.${dedupeField.key}`,
          values: facts.flatMap((one) => textOf(one?.fields[`custom.${dedupeField.key}`]) ?? []),
        })
      : new Map(),
    contactFields: contactFields ? new Set(contactFields) : undefined,
    customFields: (customFieldsIDs ?? []).map((id) => named(id, 'customFieldsIDs')),
    restoreDeleted: body.restoreDeleted ?? false,
    lists: { add: body.groupNames ?? [], remove: body.groupNamesExclude ?? [] },
    eventKey: body.eventKeyForNewContacts ?? undefined,
    now,
  };
}

function nothingToDo(failed: Made[]): RestError {
  if (failed.length === 0) return new RestError(400, 'contacts: expected at least one');
  return new RestError(400, messageOf(failed));
}

/** The contact as it was sent, with what is wrong. */
function failedContact({ contacts }: BulkBody, n: number, error: string): object {
  const sent = contacts[n];
  return typeof sent === 'object' && sent !== null ? { ...sent, error } : { contact: sent, error };
}

/** The first of them: a body of 3,000 wrong contacts must not be answered with 3,000 texts. */
function messageOf(failed: readonly { problem: string }[]): string {
  const shown = failed.slice(0, 10).map(({ problem }) => problem);
  const more = failed.length - shown.length;
  return [...shown, ...(more > 0 ? [`and ${more} more`] : [])].join('\n').slice(0, 4000);
}

const status = defineEndpoint({
  method: 'GET',
  url: '/v1/importstatus/:id',
  summary: 'What became of contacts added in bulk',
  description:
    'Kept for 30 days. E-mails and phones are masked without the right `contacts.read_personal`.',
  rights: ['contacts.read'],
  params: z.object({ id: restId }),
  handler: async ({ db, workspaceId, params, key }) => {
    const which = { workspaceId, id: params.id };
    const session = await findSession(db, which);
    if (!session) throw new RestError(404, `There is no session ${params.id}.`);
    const results = await readResultsOf(db, which);
    const latest = results.reduce((at, row) => Math.max(at, row.at.getTime()), 0);
    const answer = {
      status: statusOf(session.contacts, results),
      timestamp: (latest > 0 ? new Date(latest) : session.created_at).toISOString(),
      description: describe(session.contacts, results),
      mapping: results.flatMap(({ contact_id: contactId, dedupe_value: dedupeValue }) =>
        contactId === 0 ? [] : [{ dedupeValue, contactId }],
      ),
    };
    return maskContact(answer, key.rights);
  },
});

function statusOf(contacts: number, results: ImportResult[]): string {
  if (results.length === 0) return 'STARTED';
  if (results.length < contacts) return 'IMPORTING';
  return results.every(({ contact_id: id }) => id === 0) ? 'ERROR' : 'FINISHED';
}

/** In words, with the failures by their reason. */
function describe(contacts: number, results: ImportResult[]): string {
  const failed = results.filter(({ contact_id: id }) => id === 0);
  const done = `${results.length - failed.length} of ${contacts} contacts are added or updated.`;
  const reasons = [...Map.groupBy(failed, ({ problem }) => problem ?? '')]
    .toSorted(([, a], [, b]) => b.length - a.length)
    .slice(0, 20)
    .map(([problem, some]) => `${placesOf(some)}: ${problem}`);
  return [done, ...(failed.length > 0 ? [`${failed.length} failed.`, ...reasons] : [])].join('\n');
}

function placesOf(some: ImportResult[]): string {
  const shown = some.slice(0, 10).map(({ n }) => `contacts[${n}]`);
  const more = some.length - shown.length;
  return `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

export const bulkEndpoints: Endpoint[] = [bulk, status];
