import {
  contactSegmentSchema,
  idParams,
  instantSchema,
  memberChangesSchema,
  memberPageSchema,
  membersChangedSchema,
  membershipLogEntrySchema,
  pageOf,
} from '@perennial/contracts';
import { z } from 'zod';
import {
  findContact,
  LONGEST_SEARCH,
  maskPersonal,
  parseSearch,
  readContacts,
  searchContacts,
  showContacts,
  withoutPersonal,
  type FindSuppressions,
  type Submission,
} from '../contacts/index.ts';
import type { Db } from '../db/index.ts';
import { defineRoute, notFound, pageFrom, pageQuery, type ManageRoute } from '../http/index.ts';
import type { Results } from '../inbox/index.ts';
import { mayReadPersonal, type Rights } from '../users/index.ts';
import { changeMembers } from './change-members.ts';
import { readSegment } from './change-segment.ts';
import { countMembersAmong, membersOf, segmentsOfContacts } from './members.ts';
import { readLog } from './membership-log.ts';
import { listSegmentIds } from './queries.ts';
import { requireOpenList } from './routes-work.ts';
import { sizeAsOf, type Settle } from './settled.ts';

export interface MemberRouteParts {
  clock: () => Date;
  results: Pick<Results, 'wait'>;
  findSuppressions: FindSuppressions;
  settle: Settle;
}

const membersQuery = z.object({
  ...pageQuery(z.tuple([instantSchema, z.int()])),
  search: z.string().trim().max(LONGEST_SEARCH).optional().describe('As in the list of contacts.'),
  sort: z
    .enum(['-entered_at', 'entered_at', '-created_at', 'created_at'])
    .default('-entered_at')
    .describe('By when they became members, or by when they became contacts.'),
});

/** The calls about who is in a segment. */
export function memberRoutes(parts: MemberRouteParts): ManageRoute[] {
  const list = defineRoute({
    method: 'GET',
    url: '/segments/:id/members',
    right: 'contacts.read',
    summary: 'List the members of a segment',
    description: 'Without `contacts.read_personal` personal data is masked.',
    params: idParams,
    query: membersQuery,
    response: memberPageSchema,
    handler: async ({ db, workspace, rights, now, params: { id: segmentId }, query }) => {
      const { limit, cursor } = query;
      const workspaceId = workspace.id;
      await readSegment(db, { workspaceId, id: segmentId });
      const among = await searched(db, { workspaceId, rights, search: query.search });
      const moves = await parts.settle(db, { workspaceId, segmentIds: [segmentId], now });
      const settled = moves.get(segmentId);
      const rows = await membersOf(db, {
        segmentId,
        among,
        settled,
        order: query.sort.endsWith('entered_at') ? 'entered_at' : 'contact',
        descending: query.sort.startsWith('-'),
        after: cursor && { entered_at: cursor[0], contact_id: cursor[1] },
        limit: limit + 1,
      });
      const page = pageFrom(rows, {
        limit,
        position: (row) => [row.entered_at.toISOString(), row.contact_id],
      });
      const contacts = await shown(db, {
        workspaceId,
        rights,
        now,
        ids: page.items.map((row) => row.contact_id),
      });
      const total = among
        ? () => countMembersAmong(db, { segmentId, among, settled })
        : () => sizeAsOf(db, { workspaceId, segmentId, settled: moves });
      return {
        items: page.items.flatMap(({ contact_id: id, entered_at }) => {
          const contact = contacts.get(id);
          return contact ? [{ contact, entered_at }] : [];
        }),
        next_cursor: page.next_cursor,
        total: cursor === undefined ? await total() : null,
      };
    },
  });

  const change = defineRoute({
    method: 'POST',
    url: '/segments/:id/members',
    right: 'segments.write',
    summary: 'Put contacts into a list, and take contacts out of it',
    description:
      'Answers after it was applied, with those who were not found. A contact is named by its ID, ' +
      'or by `{"external_id"}`, `{"email"}` or `{"phone"}`.',
    params: idParams,
    body: memberChangesSchema,
    response: membersChangedSchema,
    example: { body: { add: ['1001', { external_id: 'u-1002' }, { email: 'ada@example.com' }] } },
    handler: async ({ db, by, workspace, params: { id }, body, repetition }) => {
      const workspaceId = workspace.id;
      const segment = await readSegment(db, { workspaceId, id });
      requireOpenList(segment);
      const { clock, results } = parts;
      const submission: Submission = { workspaceId, by, clock, results, repetition };
      const { notFound: missing, ...counts } = await changeMembers(db, {
        ...submission,
        segmentId: id,
        ...body,
      });
      return { ...counts, not_found: missing };
    },
  });

  const log = defineRoute({
    method: 'GET',
    url: '/segments/:id/log',
    right: 'contacts.read',
    summary: 'List who entered and left a segment, newest first',
    description: 'A page may hold fewer entries than asked for and still have a next one.',
    params: idParams,
    query: z.object(pageQuery(z.tuple([z.int(), z.int()]))),
    response: pageOf(membershipLogEntrySchema),
    handler: async ({ db, workspace, rights, now, params: { id }, query: { limit, cursor } }) => {
      const workspaceId = workspace.id;
      const segment = await readSegment(db, { workspaceId, id });
      const { entries, next } = await readLog(db, {
        workspaceId,
        segment,
        after: cursor,
        now,
        limit,
      });
      const ids = [...new Set(entries.map((entry) => entry.contactId))];
      const contacts = await shown(db, { workspaceId, rights, now, ids });
      return {
        items: entries.map(({ contactId, ...entry }) => ({
          ...entry,
          contact: contacts.get(contactId) ?? null,
          contact_id: contactId,
        })),
        next_cursor: next && Buffer.from(JSON.stringify(next)).toString('base64url'),
      };
    },
  });

  const ofContact = defineRoute({
    method: 'GET',
    url: '/contacts/:id/segments',
    right: 'contacts.read',
    summary: 'List the segments that a contact is in, by name',
    params: idParams,
    response: pageOf(contactSegmentSchema),
    handler: async ({ db, workspace, now, params: { id } }) => {
      const workspaceId = workspace.id;
      const contact = await findContact(db, { workspaceId, id, deletedToo: true });
      if (!contact) throw notFound('contact');
      const segmentIds = await listSegmentIds(db, { workspaceId });
      const asked = { workspaceId, segmentIds, contactIds: [contact.id], now };
      const settled = [...(await parts.settle(db, asked))];
      const having = (moves: 'entering' | 'leaving'): number[] =>
        settled.flatMap(([segment, of]) => (of[moves].length > 0 ? [segment] : []));
      const items = await segmentsOfContacts(db, {
        workspaceId,
        contactIds: [contact.id],
        settled: { entering: having('entering'), leaving: having('leaving'), at: now },
      });
      return { items, next_cursor: null };
    },
  });

  /** Contacts as the caller may see them, by ID. */
  async function shown(
    db: Db,
    {
      workspaceId,
      rights,
      now,
      ids,
    }: { workspaceId: number; rights: Rights; now: Date; ids: number[] },
  ) {
    const rows = [...(await readContacts(db, { workspaceId, ids })).values()];
    const { findSuppressions } = parts;
    const contacts = await showContacts(db, { workspaceId, rows, findSuppressions, now });
    return new Map(contacts.map((contact) => [contact.id, maskPersonal(contact, rights)]));
  }

  return [list, change, log, ofContact];
}

/** The contacts that a search finds; undefined without one. */
async function searched(
  db: Db,
  {
    workspaceId,
    rights,
    search,
  }: { workspaceId: number; rights: Rights; search?: string | undefined },
): Promise<number[] | undefined> {
  if (!search) return undefined;
  const parsed = parseSearch(search);
  const { ids } = await searchContacts(db, {
    workspaceId,
    search: mayReadPersonal(rights) ? parsed : withoutPersonal(parsed),
  });
  return ids;
}
