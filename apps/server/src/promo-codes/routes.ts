import {
  contactPromoCodeSchema,
  idParams,
  newPromoPoolSchema,
  pageOf,
  PROMO_CODE_STATES,
  promoCodesAddedSchema,
  promoCodeSchema,
  promoCodesToAddSchema,
  promoPoolChangeSchema,
  promoPoolSchema,
} from '@perennial/contracts';
import { Readable } from 'node:stream';
import { z } from 'zod';
import { writeAudit } from '../audit/index.ts';
import { csvRow, findContact } from '../contacts/index.ts';
import { inTransaction, type Db } from '../db/index.ts';
import {
  Content,
  contentSchema,
  defineRoute,
  notFound,
  nothing,
  pageFrom,
  pageQuery,
  Problem,
  type ManageRoute,
} from '../http/index.ts';
import { mayReadPersonal } from '../users/index.ts';
import { addCodes, MOST_CODES, readCodes, type GivenCode } from './add-codes.ts';
import { codesOfContact, listCodes, type CodeRow } from './code-queries.ts';
import { listPools, type PoolRow } from './pool-queries.ts';
import { changePool, createPool, readPool, removePool } from './save-pool.ts';

const CODES_LIMIT = 8 * 1024 * 1024;
const AT_ONCE = 5_000;
const HIDDEN = '••••••';

function showPool({ warned_at: _, ...pool }: PoolRow): z.output<typeof promoPoolSchema> {
  return { ...pool, low: pool.warn_below !== null && pool.left < pool.warn_below };
}

function showCode({
  contact_id: contact,
  workflow_id: workflow,
  run_id: run,
  ...code
}: CodeRow): z.output<typeof promoCodeSchema> {
  return { ...code, contact, workflow, run };
}

const list = defineRoute({
  method: 'GET',
  url: '/promo_pools',
  right: 'member',
  summary: 'List pools of promo codes with what is left in them, by name',
  query: z.object({ archived: z.enum(['true', 'false']).default('false') }),
  response: pageOf(promoPoolSchema),
  handler: async ({ db, workspace, query }) => {
    const archived = query.archived === 'true';
    const pools = await listPools(db, { workspaceId: workspace.id, archived });
    return { items: pools.map(showPool), next_cursor: null };
  },
});

const create = defineRoute({
  method: 'POST',
  url: '/promo_pools',
  right: 'workflows.write',
  summary: 'Create a pool of promo codes',
  body: newPromoPoolSchema,
  response: promoPoolSchema,
  status: 201,
  example: { body: { name: 'Spring, 10 %', discount: 10, warn_below: 500 } },
  handler: ({ db, by, workspace, body }) =>
    inTransaction(db, async (tx) =>
      showPool(await createPool(tx, { workspaceId: workspace.id, by, ...body })),
    ),
});

const read = defineRoute({
  method: 'GET',
  url: '/promo_pools/:id',
  right: 'member',
  summary: 'Read a pool of promo codes',
  params: idParams,
  response: promoPoolSchema,
  handler: async ({ db, workspace, params }) =>
    showPool(await readPool(db, { workspaceId: workspace.id, ...params })),
});

const change = defineRoute({
  method: 'PATCH',
  url: '/promo_pools/:id',
  right: 'workflows.write',
  summary: 'Change a pool of promo codes, or archive it',
  description: 'Another expiration is that of codes which are added from now on.',
  params: idParams,
  body: promoPoolChangeSchema,
  response: promoPoolSchema,
  example: { body: { warn_below: 1000 } },
  handler: ({ db, by, workspace, params, body }) =>
    inTransaction(db, async (tx) =>
      showPool(
        await changePool(tx, {
          workspaceId: workspace.id,
          by,
          ...params,
          change: givenOnly(body),
        }),
      ),
    ),
});

const remove = defineRoute({
  method: 'DELETE',
  url: '/promo_pools/:id',
  right: 'workflows.write',
  summary: 'Delete a pool whose codes nobody got',
  params: idParams,
  response: nothing,
  handler: async ({ db, by, workspace, params }) => {
    await inTransaction(db, (tx) => removePool(tx, { workspaceId: workspace.id, by, ...params }));
    return undefined;
  },
});

const add = defineRoute({
  method: 'POST',
  url: '/promo_pools/:id/codes',
  right: 'workflows.write',
  summary: 'Add codes to a pool',
  description:
    `At most ${MOST_CODES} a call: send a longer list in pieces. Codes that the workspace has already ` +
    'stay as they are and are told, so sending a piece again does no harm. In `csv` the first line may ' +
    'name the columns `code` and `expires_at`; a day counts to its end.',
  params: idParams,
  body: promoCodesToAddSchema,
  bodyLimit: CODES_LIMIT,
  response: promoCodesAddedSchema,
  example: { body: { codes: ['SPRING-1', { code: 'SPRING-2', expires_at: '2030-06-30' }] } },
  handler: ({ db, by, workspace, params, body }) => {
    const given = givenCodes(body);
    if (given.length > MOST_CODES) {
      const detail = `${given.length} codes at once: send at most ${MOST_CODES}, and the others afterwards.`;
      throw new Problem('too_much', { detail });
    }
    return inTransaction(db, (tx) =>
      addCodes(tx, { workspaceId: workspace.id, by, ...params, given }),
    );
  },
});

function givenCodes(body: z.output<typeof promoCodesToAddSchema>): GivenCode[] {
  if ('csv' in body) return readCodes(body.csv, { firstLine: body.first_line });
  return body.codes.map((one, i) =>
    typeof one === 'string'
      ? { line: i + 1, code: one }
      : { line: i + 1, code: one.code, expires: one.expires_at },
  );
}

/** One state, or several joined by commas. */
const statesSchema = z
  .string()
  .transform((text) => text.split(','))
  .pipe(z.array(z.enum(PROMO_CODE_STATES)));

const codes = defineRoute({
  method: 'GET',
  url: '/promo_pools/:id/codes',
  right: 'workflows.write',
  summary: 'List the codes of a pool, with who got them',
  params: idParams,
  query: z.object({
    ...pageQuery(z.tuple([z.int()])),
    state: statesSchema.optional(),
    search: z.string().max(200).optional().describe('The whole code.'),
  }),
  response: pageOf(promoCodeSchema),
  handler: async ({ db, workspace, params, query }) => {
    const { id: poolId } = await readPool(db, { workspaceId: workspace.id, ...params });
    const rows = await listCodes(db, {
      workspaceId: workspace.id,
      poolId,
      states: query.state,
      search: query.search?.trim() || undefined,
      after: query.cursor?.[0],
      limit: query.limit + 1,
    });
    const page = pageFrom(rows, { limit: query.limit, position: ({ id }) => [id] });
    return { ...page, items: page.items.map(showCode) };
  },
});

const download = defineRoute({
  method: 'GET',
  url: '/promo_pools/:id/codes.csv',
  right: 'workflows.write',
  summary: 'Download the codes of a pool, with who got them',
  params: idParams,
  response: contentSchema,
  handler: async ({ db, by, now, workspace, params }) => {
    const { id: poolId } = await readPool(db, { workspaceId: workspace.id, ...params });
    const object = { kind: 'promo_pool', id: poolId } as const;
    await inTransaction(db, (tx) => writeAudit(tx, { by, action: 'promo_pool.export', object }));
    const lines = linesOf(db, { workspaceId: workspace.id, poolId });
    return new Content('text/csv; charset=utf-8', Readable.from(lines), {
      'content-disposition': `attachment; filename="promo-codes-${poolId}-${now.toISOString().slice(0, 10)}.csv"`,
    });
  },
});

const COLUMNS = ['code', 'state', 'expires_at', 'added_at', 'used_at', 'contact'];

/** Read page by page while it is sent. */
async function* linesOf(
  db: Db,
  which: { workspaceId: number; poolId: number },
): AsyncGenerator<string> {
  yield csvRow(COLUMNS, ',');
  for (let after = 0; ;) {
    const rows = await listCodes(db, { ...which, after, limit: AT_ONCE });
    yield rows.map((row) => csvRow(cellsOf(row), ',')).join('');
    if (rows.length < AT_ONCE) return;
    after = rows.at(-1)!.id;
  }
}

function cellsOf(row: CodeRow): string[] {
  const instants = [row.expires_at, row.added_at, row.used_at];
  return [
    row.code,
    row.state,
    ...instants.map((at) => at?.toISOString() ?? ''),
    row.contact_id === null ? '' : String(row.contact_id),
  ];
}

const ofContact = defineRoute({
  method: 'GET',
  url: '/contacts/:id/promo_codes',
  right: 'contacts.read',
  summary: 'List the promo codes that a contact got, newest first',
  description: 'Codes are shown with the right contacts.read_personal.',
  params: idParams,
  response: pageOf(contactPromoCodeSchema),
  handler: async ({ db, workspace, rights, params }) => {
    const workspaceId = workspace.id;
    const contact = await findContact(db, { workspaceId, id: params.id, deletedToo: true });
    if (!contact) throw notFound('contact');
    const rows = await codesOfContact(db, { workspaceId, contactId: contact.id });
    const items = rows.map(({ pool_id: pool, workflow_id: workflow, run_id: run, ...row }) => ({
      ...row,
      code: mayReadPersonal(rights) ? row.code : HIDDEN,
      pool,
      workflow,
      run,
    }));
    return { items, next_cursor: null };
  },
});

function givenOnly(values: object): object {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

export const promoCodeRoutes: ManageRoute[] = [
  list,
  create,
  read,
  change,
  remove,
  add,
  codes,
  download,
  ofContact,
];
