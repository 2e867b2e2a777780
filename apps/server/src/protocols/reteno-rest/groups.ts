import { z } from 'zod';
import { writeAudit } from '../../audit/index.ts';
import { contactsByIds, type ContactRef } from '../../contacts/index.ts';
import { inTransaction } from '../../db/index.ts';
import { noRepetition } from '../../http/index.ts';
import { enqueueJob } from '../../jobs/index.ts';
import {
  changeMembers,
  countSegments,
  findSegment,
  listSegments,
  membersOf,
  sizeAsOf,
  type SegmentRow,
} from '../../segments/index.ts';
import { answerGroups } from './group-answer.ts';
import { Answer, defineEndpoint, type Endpoint, type RestContext } from './endpoint.ts';
import { answersOf, READS } from './known-contact.ts';
import { RestError } from './rest-error.ts';
import { idParams, listOf, queryBoolean, restId, restPage, restText } from './schemas.ts';

/** Contacts that one call puts into a list or takes out. */
const MOST_MEMBERS = 500;

const list = defineEndpoint({
  method: 'GET',
  url: '/v1/groups',
  summary: 'List lists and segments, by name',
  description:
    'Header `TotalCount`: how many there are. `name` is a part of the name. A segment that is put ' +
    'together of others is `combined`.',
  rights: ['contacts.read'],
  query: z.object({ name: z.string().max(200).optional(), ...restPage }),
  handler: async ({ db, workspaceId, query: { name, startindex, maxrows } }) => {
    const which = { workspaceId, ...(name && { search: name }) };
    const rows = await listSegments(db, { ...which, offset: startindex - 1, limit: maxrows });
    const total = await countSegments(db, which);
    const groupOf = await answerGroups(db, rows);
    return new Answer(rows.map(groupOf), { headers: { TotalCount: String(total) } });
  },
});

const members = defineEndpoint({
  method: 'GET',
  url: '/v1/group/:id/contacts',
  summary: 'List the contacts of a list or segment',
  description:
    'Header `TotalCount`: how many there are. By contact ID, or with `orderByTs` by when they ' +
    'entered.',
  rights: READS,
  params: idParams,
  query: z.object({
    orderByTs: queryBoolean.default(false),
    asc: queryBoolean.default(true),
    ...restPage,
  }),
  handler: async (context) => {
    const { db, parts, workspaceId, now, query } = context;
    const segment = await segmentOf(context);
    const moves = await parts.settle(db, { workspaceId, segmentIds: [segment.id], now });
    const settled = moves.get(segment.id);
    const rows = await membersOf(db, {
      segmentId: segment.id,
      settled,
      order: query.orderByTs ? 'entered_at' : 'contact',
      descending: !query.asc,
      offset: query.startindex - 1,
      limit: query.maxrows,
    });
    const size = await sizeAsOf(db, { workspaceId, segmentId: segment.id, settled: moves });
    const ids = rows.map((row) => row.contact_id);
    const contacts = await contactsByIds(db, { workspaceId, ids });
    const found = ids.flatMap((id) => contacts.get(id) ?? []);
    return new Answer(await answersOf(context, found), {
      headers: { TotalCount: String(size) },
    });
  },
});

const membersBody = z.object({
  contactIds: listOf(restId, { most: MOST_MEMBERS }).nullish(),
  externalCustomerIds: listOf(restText(300), { most: MOST_MEMBERS }).nullish(),
});

const attach = defineEndpoint({
  method: 'POST',
  url: '/v1/group/:id/contacts/attach',
  summary: 'Put up to 500 contacts into a list',
  description: 'Answers after it was done: nothing, or who is unknown.',
  rights: ['segments.write'],
  params: idParams,
  body: membersBody,
  example: { externalCustomerIds: ['user-1'] },
  handler: async (context) => {
    const refs = refsOf(context.body);
    if (refs.length === 0)
      throw new RestError(400, 'contactIds: expected them, or externalCustomerIds');
    return change(context, { add: refs, remove: [] });
  },
});

const detach = defineEndpoint({
  method: 'POST',
  url: '/v1/group/:id/contacts/detach',
  summary: 'Take up to 500 contacts out of a list, or all',
  description: 'Without IDs, the list is emptied as long work that the interface shows.',
  rights: ['segments.write'],
  params: idParams,
  body: membersBody,
  example: { externalCustomerIds: ['user-1'] },
  handler: async (context) => {
    const refs = refsOf(context.body);
    return refs.length > 0 ? change(context, { add: [], remove: refs }) : empty(context);
  },
});

type Members = RestContext<{ id: number }, unknown, z.output<typeof membersBody>>;

function refsOf({ contactIds, externalCustomerIds }: Members['body']): ContactRef[] {
  if (contactIds?.length && externalCustomerIds?.length)
    throw new RestError(400, 'externalCustomerIds: cannot be combined with contactIds');
  return [
    ...(contactIds ?? []),
    ...(externalCustomerIds ?? []).map((id) => ({ external_id: id.trim() })),
  ];
}

async function change(
  context: Members,
  { add, remove }: { add: ContactRef[]; remove: ContactRef[] },
): Promise<string | undefined> {
  const { db, parts, workspaceId, by } = context;
  const segment = await openListOf(context);
  const { notFound } = await changeMembers(db, {
    workspaceId,
    segmentId: segment.id,
    add,
    remove,
    by,
    clock: parts.clock,
    results: parts.results,
    repetition: noRepetition,
  });
  if (notFound.length === 0) return undefined;
  const named = notFound.map((ref) => (typeof ref === 'object' ? Object.values(ref)[0] : ref));
  return `Unknown contacts: ${named.join(', ')}`;
}

async function empty(context: Members): Promise<undefined> {
  const { db, workspaceId, by } = context;
  const { id, name, size } = await openListOf(context);
  await inTransaction(db, async (tx) => {
    const object = { kind: 'segment', id };
    await writeAudit(tx, { by, action: 'segment.empty', object, before: { size } });
    const input = { segment: String(id), name };
    await enqueueJob(tx, { workspaceId, by, kind: 'segments.empty', input, total: size });
  });
}

async function segmentOf({
  db,
  workspaceId,
  params: { id },
}: RestContext<{ id: number }>): Promise<SegmentRow> {
  const segment = await findSegment(db, { workspaceId, id });
  if (!segment || segment.archived_at !== null)
    throw new RestError(404, `There is no group with id='${id}'.`);
  return segment;
}

async function openListOf(context: Members): Promise<SegmentRow> {
  const segment = await segmentOf(context);
  if (segment.kind === 'list') return segment;
  throw new RestError(400, `Group ${segment.id} is dynamic: its rule says who is in it.`);
}

export const groupEndpoints: Endpoint[] = [list, members, attach, detach];
