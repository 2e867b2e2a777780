import { contactCountSchema, contactPageSchema, contactSearchSchema } from '@perennial/contracts';
import { z } from 'zod';
import { inTransaction, sqlState, type Pool } from '../db/index.ts';
import {
  defineRoute,
  pageFrom,
  pageQuery,
  parseJson,
  Problem,
  type ManageRoute,
} from '../http/index.ts';
import type { WorkspaceRef } from '../http/index.ts';
import { mayReadPersonal, type Rights } from '../users/index.ts';
import { asKept } from './as-kept.ts';
import { choiceOf, type Wanted } from './choose-by-query.ts';
import { countContacts, type Count } from './count-contacts.ts';
import type { ContactRow } from './contact-row.ts';
import { readCustomRules } from './field-catalogue.ts';
import { indexSlowFilter, SLOW_MS } from './field-index/index-slow-filter.ts';
import { readBuiltIndexes } from './field-index/queries.ts';
import type { ContactQuestions } from './filter/contact-sources.ts';
import type { KeptTypes } from './filter/statement.ts';
import { listContacts, positionOf, type ListOptions } from './list-contacts.ts';
import { maskPersonal } from './present-contact.ts';
import { LONGEST_SEARCH } from './parse-search.ts';
import { showContacts, type CardParts } from './show-contacts.ts';
import { parseOrder, type Order } from './sort-contacts.ts';

type ListParts = Pick<CardParts, 'findSuppressions'> & { questions: ContactQuestions };

/** A page that takes longer is refused: it would take the same each time. */
const PATIENCE_MS = 5000;

/** Who asks for nothing but the number waits for it. */
const COUNTING = { patienceMs: 2000, most: 2_000_000 };

const UNCOUNTED =
  'Counting takes too long: the filter asks for what all contacts did. Save it as a segment, whose ' +
  'members are found in the background.';

const position = z.tuple([z.string().nullable(), z.int()]);

const search = z
  .string()
  .trim()
  .max(LONGEST_SEARCH)
  .optional()
  .describe(
    'The beginning of a name, e-mail, phone or external ID, or a whole identifier. `id:12` and ' +
      '`extid:u-12` mean just that.',
  );

const sort = z
  .string()
  .max(120)
  .default('-created_at')
  .describe(
    '`created_at`, `email`, `external_id`, `name`, `last_seen_at`, `updated_at` or `custom.KEY`; ' +
      'with `-` the greatest first; contacts without a value come last. No index holds what changes ' +
      'with every event: sorting by `last_seen_at` or `updated_at` takes about a second a million. ' +
      'A custom field by which sorting took long is indexed by itself.',
  );

const aboutCount =
  'False: `total` is null and the page need not wait for it; `GET /contacts/count` tells it.';

const listQuery = z.object({
  ...pageQuery(position),
  search,
  filter: z
    .string()
    .max(15_000)
    .transform((text) => parseJson(text))
    .optional()
    .describe(
      'A node of the segment language, as JSON: conditions `field`, `segment`, `channel`, ' +
        '`category`, joined by `all`, `any`, `not`.',
    ),
  identified: z
    .enum(['true', 'all'])
    .default('true')
    .describe('`all`: with anonymous contacts, who have no external ID, e-mail or phone.'),
  deleted: z.enum(['true', 'false']).default('false').describe('`true`: the deleted ones instead.'),
  sort,
  count: z.enum(['true', 'false']).default('true').describe(aboutCount),
});

const searchBody = contactSearchSchema.extend({
  ...pageQuery(position),
  search,
  sort,
  count: z.boolean().default(true).describe(aboutCount),
});

const countQuery = listQuery.pick({ search: true, filter: true, identified: true, deleted: true });

const aboutLists =
  'Without `contacts.read_personal`, personal data is masked, search takes whole IDs only, and ' +
  'lists are neither sorted nor filtered by personal data. A search looks at 2,000 contacts of ' +
  'each way to match; with more, `total_exact` is false, and so it is for an estimate. A filter ' +
  'that takes longer than 5 seconds is refused as `too_much`.';

/** Calls for lists of contacts. */
export function listRoutes(parts: ListParts): ManageRoute[] {
  const list = defineRoute({
    method: 'GET',
    url: '/contacts',
    right: 'contacts.read',
    summary: 'List contacts',
    description: aboutLists,
    query: listQuery,
    response: contactPageSchema,
    handler: ({ db, workspace, rights, now, query }) =>
      answerKept(db, {
        workspace,
        rights,
        now,
        page: { ...query, count: query.count === 'true' },
        wanted: { ...query, deleted: query.deleted === 'true', place: 'query' },
      }),
  });

  const find = defineRoute({
    method: 'POST',
    url: '/contacts/search',
    right: 'contacts.read',
    summary: 'List contacts by a filter of any length',
    description: `As GET /contacts. ${aboutLists}`,
    body: searchBody,
    response: contactPageSchema,
    example: {
      body: { filter: { type: 'field', field: 'country', op: 'equals', value: 'UA' } },
    },
    handler: ({ db, workspace, rights, now, body }) =>
      answerKept(db, { workspace, rights, now, page: body, wanted: { ...body, place: 'body' } }),
  });

  const { questions } = parts;

  function answerKept(db: Pool, asked: Asked): ReturnType<typeof answer> {
    return asKept(db, { ...asked, questions }, (kept) => answer(db, { ...asked, kept }));
  }

  async function answer(
    db: Pool,
    { workspace, rights, now, page, wanted, kept }: Asked & { kept: KeptTypes },
  ): Promise<z.output<typeof contactPageSchema>> {
    const workspaceId = workspace.id;
    const { limit, cursor: after } = page;
    const order = await orderOf(db, { workspaceId, sort: page.sort, rights });
    const { choice, bounded, unindexed } = await choiceOf(db, {
      workspace,
      rights,
      now,
      questions,
      kept,
      wanted,
    });
    const isFirst = after === undefined;
    const [rows, count] = await Promise.all([
      readPage(db, { ...choice, order, after, limit: limit + 1 }, { unindexed, now }),
      isFirst && page.count ? countContacts(db, choice) : undefined,
    ]);
    const shown = pageFrom(rows, { limit, position: (row) => positionOf(row, order) });
    // One page is all there is, whatever the count had to guess.
    const isWhole = isFirst && shown.next_cursor === null;
    const items = await showContacts(db, {
      workspaceId,
      rows: shown.items,
      findSuppressions: parts.findSuppressions,
      now,
    });
    return {
      items: items.map((contact) => maskPersonal(contact, rights)),
      next_cursor: shown.next_cursor,
      total: isWhole ? items.length : ((count && Math.max(count.total, items.length)) ?? null),
      total_exact: isWhole ? !bounded : isExact(count, bounded),
    };
  }

  const count = defineRoute({
    method: 'GET',
    url: '/contacts/count',
    right: 'contacts.read',
    summary: 'Count the contacts of a list',
    description:
      'Exact, unless there are more than 2 million or counting takes longer than 2 seconds: then an ' +
      'estimate. Where that takes so long too, it is refused as `too_much`.',
    query: countQuery,
    response: contactCountSchema,
    handler: async ({ db, workspace, rights, now, query }) => {
      const wanted = { ...query, deleted: query.deleted === 'true', place: 'query' as const };
      const asked = { workspace, rights, now, questions, wanted };
      return asKept(db, asked, async (kept) => {
        const { choice, bounded } = await choiceOf(db, { ...asked, kept });
        const counted = await countContacts(db, choice, COUNTING);
        if (!counted) throw new Problem('too_much', { detail: UNCOUNTED });
        return { total: counted.total, total_exact: counted.exact && !bounded };
      });
    },
  });

  return [list, find, count];
}

interface Asked {
  workspace: WorkspaceRef;
  rights: Rights;
  now: Date;
  page: {
    limit: number;
    cursor?: z.output<typeof position> | undefined;
    sort: string;
    count: boolean;
  };
  wanted: Wanted;
}

function isExact(count: Count | undefined, bounded: boolean): boolean {
  return (count?.exact ?? true) && !bounded;
}

async function orderOf(
  db: Pool,
  { workspaceId, sort, rights }: { workspaceId: number; sort: string; rights: Rights },
): Promise<Order> {
  const isCustom = sort.includes('custom.');
  const rules = isCustom ? await readCustomRules(db, { workspaceId }) : new Map();
  const indexed = isCustom ? await readBuiltIndexes(db, { workspaceId }) : new Set<string>();
  const order = parseOrder(sort, { rules, isIndexed: (field) => indexed.has(field) });
  if (!order) {
    const message = 'Contacts are not sorted by this.';
    throw new Problem('invalid_request', {
      detail: message,
      errors: [{ path: '/sort', message, in: 'query' }],
    });
  }
  const isPersonal = isCustom || order.by === 'email' || order.by === 'name';
  if (isPersonal && !mayReadPersonal(rights)) {
    throw new Problem('forbidden', { detail: `Sorting by ${sort} takes contacts.read_personal.` });
  }
  return order;
}

/** Slow filters and sorting get the fields indexed that they ask for. */
async function readPage(
  db: Pool,
  options: ListOptions,
  { unindexed, now }: { unindexed: string[]; now: Date },
): Promise<ContactRow[]> {
  const { workspaceId, order } = options;
  const fields = [...unindexed, ...unindexedOrder(order)];
  const index = (): Promise<string[]> => indexSlowFilter(db, { workspaceId, fields, now });
  const began = performance.now();
  try {
    const rows = await readInTime(db, options);
    if (performance.now() - began > SLOW_MS) await index();
    return rows;
  } catch (error) {
    if (sqlState(error) !== '57014') throw error;
    throw new Problem('too_much', { detail: tooMuch(await index()), cause: error });
  }
}

function unindexedOrder({ by }: Order): string[] {
  return typeof by === 'string' || by.indexed ? [] : [by.field];
}

function readInTime(db: Pool, options: ListOptions): Promise<ContactRow[]> {
  return inTransaction(
    db,
    async (tx) => {
      await tx.query(`set local statement_timeout = ${PATIENCE_MS}`);
      return listContacts(tx, options);
    },
    { readOnly: true },
  );
}

function tooMuch(indexed: string[]): string {
  const what = `This takes longer than ${PATIENCE_MS / 1000} seconds over all contacts.`;
  if (indexed.length === 0) {
    return (
      `${what} Narrow it: by a list, a source, days of creation, or the beginning of an e-mail, ` +
      'phone or name; or sort by created_at.'
    );
  }
  return (
    `${what} An index of ${indexed.join(', ')} is being built, which you find under Work in ` +
    'progress. The same is quick when it is done.'
  );
}
