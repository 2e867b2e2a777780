import { readMoment } from '@perennial/conditions';
import { z } from 'zod';
import { inTransaction } from '../../db/index.ts';
import {
  addCodes,
  countByTerms,
  findCodesByTerms,
  poolForTerms,
  type CodeTerms,
} from '../../promo-codes/index.ts';
import { Answer, defineEndpoint, type Endpoint } from './endpoint.ts';
import { listOf, queryBoolean, queryNumber, restPage, restText } from './schemas.ts';

const MOST_CODES = 10_000;
const DAY_MS = 86_400_000;

/** A number, which old clients send as text. */
const discount = z.union(
  [
    z.number().min(0).max(1_000_000_000),
    z
      .string()
      .regex(/^\d{1,9}(\.\d{1,4})?$/)
      .transform(Number),
  ],
  { error: 'expected a number from 0' },
);

const terms = z.object({
  type: z.string().max(100).optional(),
  inUse: queryBoolean.optional(),
  activeDueDays: queryNumber({ from: 0, to: 36_500 }).optional(),
  discount: discount.optional(),
});

function termsOf(query: z.output<typeof terms>, now: Date): CodeTerms {
  const { type, inUse, activeDueDays: days, discount: wanted } = query;
  return {
    type,
    discount: wanted,
    used: inUse,
    livesUntil: days === undefined ? undefined : new Date(now.getTime() + days * DAY_MS),
  };
}

const list = defineEndpoint({
  method: 'GET',
  url: '/v1/promocodes',
  summary: 'List promo codes',
  description:
    'Header `TotalCount`: how many there are. `type` and `discount` are those of the pool; `inUse`: ' +
    'somebody has the code; `activeDueDays`: it is good for so many days yet.',
  rights: ['messages.write'],
  query: z.object({ ...terms.shape, ...restPage }),
  handler: async ({ db, workspaceId, now, query }) => {
    const wanted = termsOf(query, now);
    const rows = await findCodesByTerms(db, {
      workspaceId,
      terms: wanted,
      offset: query.startindex - 1,
      limit: query.maxrows,
    });
    const total = await countByTerms(db, { workspaceId, terms: wanted });
    const shown = rows.map(({ code, type, discount: off, expires_at: expires, used }) => ({
      promocode: code,
      type,
      discount: off,
      expirationDate: expires?.toISOString() ?? null,
      inUse: used,
    }));
    return new Answer(shown, { headers: { TotalCount: String(total) } });
  },
});

const count = defineEndpoint({
  method: 'GET',
  url: '/v1/promocodes/count',
  summary: 'Count promo codes',
  description: 'Takes what the list takes.',
  rights: ['messages.write'],
  query: terms,
  handler: async ({ db, workspaceId, now, query }) => ({
    count: await countByTerms(db, { workspaceId, terms: termsOf(query, now) }),
  }),
});

const expiration = z
  .string()
  .max(40)
  .refine((text) => readMoment(text.trim()) !== undefined, {
    error: 'expected a date, such as 2030-06-30 or 2030-06-30T23:59:59Z',
  });

const add = defineEndpoint({
  method: 'POST',
  url: '/v1/promocodes',
  summary: 'Add up to 10,000 promo codes',
  description:
    'They go into the pool of their type and discount, which is made if there is none. A day counts ' +
    'to its end. Codes that are there already stay as they are. Answers how many were added, and the ' +
    'first hundred that were not, with the reason.',
  rights: ['messages.write'],
  bodyLimit: 4 * 1024 * 1024,
  body: z.object({
    promocodes: listOf(restText(200), { most: MOST_CODES }),
    expirationDate: expiration,
    discount,
    type: restText(100).nullish(),
    inUse: z.boolean().default(false),
  }),
  example: {
    promocodes: ['SPRING-1', 'SPRING-2'],
    expirationDate: '2030-06-30',
    discount: 10,
    type: '1',
  },
  handler: ({ db, by, workspaceId, body }) =>
    inTransaction(db, async (tx) => {
      const { promocodes, expirationDate: expires, discount: off, type, inUse } = body;
      const id = await poolForTerms(tx, { workspaceId, by, type: type || null, discount: off });
      const given = promocodes.map((code, i) => ({ line: i + 1, code, expires }));
      const told = await addCodes(tx, { workspaceId, id, by, given, used: inUse });
      return {
        added: told.added,
        duplicates: told.duplicates,
        failedPromocodes: told.refused.map(({ code, problem }) => ({
          promocode: code,
          error: problem,
        })),
      };
    }),
});

export const promoCodeEndpoints: readonly Endpoint[] = [list, count, add];
