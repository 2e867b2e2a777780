import { z } from 'zod';
import type { Identifier, Json, JsonObject, OrderFacts } from '../inbox/index.ts';
import {
  isUsableIdentifier,
  normalizeEmail,
  normalizePlainPhone,
  parseInstant,
} from '../contacts/index.ts';
import { ORDER_STATUSES } from './order.ts';

const MAX_TOTAL = 1e15;
const MOST_ITEMS = 1000;
const EARLIEST = Date.UTC(1990, 0, 1);
const DAY_MS = 86_400_000;

/** Numbers come as texts, too: mobile SDKs send nothing else. */
const numeric = z.union(
  [
    z.number(),
    z
      .string()
      .trim()
      .regex(/^-?\d{1,15}(\.\d{1,10})?$/)
      .transform(Number),
  ],
  { error: 'expected a number' },
);
const amount = numeric.refine((value) => Math.abs(value) <= MAX_TOTAL, {
  error: 'is larger than any amount',
});

function text(longest: number) {
  return z.union([z.string().max(longest), z.number().transform(String)], {
    error: `expected a text of at most ${longest} characters`,
  });
}

/** ISO 8601; without an offset it is UTC. */
const instant = z
  .string({ error: 'expected a date and time (ISO 8601)' })
  .transform((value, context) => {
    const at = parseInstant(value);
    if (at !== undefined) return at;
    context.addIssue({ code: 'custom', message: 'expected a date and time (ISO 8601)' });
    return z.NEVER;
  });

/** A list, or the JSON of one. */
const items = z.preprocess(
  (value) => (typeof value === 'string' ? parsed(value) : value),
  z
    .array(
      z.looseObject({
        externalItemId: text(300),
        quantity: numeric,
        name: text(1000).nullish(),
        category: text(1000).nullish(),
        cost: amount.nullish(),
        url: text(4000).nullish(),
        imageUrl: text(4000).nullish(),
        description: text(5000).nullish(),
      }),
    )
    .max(MOST_ITEMS, { error: `at most ${MOST_ITEMS} items are kept` }),
);

function parsed(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    // Not JSON: the check says that a list was expected.
    return value;
  }
}

const orderId = z
  .union([z.string(), z.number().transform(String)], { error: 'expected a text' })
  .refine((value) => value.trim() !== '' && value.length <= 300, {
    error: 'expected a text of 1 to 300 characters',
  });

const details = {
  shipping: amount.nullish(),
  discount: amount.nullish(),
  taxes: amount.nullish(),
  restoreUrl: text(4000).nullish(),
  statusDescription: text(1000).nullish(),
  storeId: text(300).nullish(),
  source: text(100).nullish(),
  deliveryMethod: text(1000).nullish(),
  paymentMethod: text(1000).nullish(),
  deliveryAddress: text(1000).nullish(),
  additionalInfo: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
    .nullish(),
  cartId: text(300).nullish(),
};

const person = {
  externalCustomerId: text(300).nullish(),
  email: text(300).nullish(),
  phone: text(300).nullish(),
  firstName: text(1000).nullish(),
  lastName: text(1000).nullish(),
};

const currencyCode = z
  .string()
  .trim()
  .regex(/^[A-Za-z]{3}$/, { error: 'expected three letters (ISO 4217)' })
  .transform((value) => value.toUpperCase());

const status = z.enum(ORDER_STATUSES, {
  error: `expected one of ${ORDER_STATUSES.join(', ')}`,
});

/** An order of `POST /v1/orders`. */
export const orderBody = z
  .object({
    externalOrderId: orderId,
    totalCost: amount,
    status,
    date: instant,
    currency: currencyCode,
    items: items.nullish(),
    ...details,
    ...person,
  })
  .meta({ id: 'RestOrder' });

/** Parameters of the event `orderCreated` or `orderUpdated`, as mobile SDKs send them. */
const eventBody = z.object({
  externalOrderId: orderId,
  totalCost: amount.nullish(),
  status: status.nullish(),
  date: instant.nullish(),
  currencyCode: currencyCode.nullish(),
  currency: currencyCode.nullish(),
  items: items.nullish(),
  ...details,
});

export interface OrderWithPerson {
  facts: OrderFacts;
  ids: Identifier[];
  /** Of a contact that is made for it. */
  fields: JsonObject;
}

export type ReadOrder = { ok: true; value: OrderWithPerson } | { ok: false; problem: string };

/** Checks an order of the REST API; the problem names members. */
export function readOrder(
  input: unknown,
  { now, country }: { now: number; country: string | undefined },
): ReadOrder {
  const result = orderBody.safeParse(input);
  if (!result.success) return { ok: false, problem: problemOf(result.error) };
  const order = result.data;
  if (order.date < EARLIEST || order.date > now + DAY_MS) {
    return { ok: false, problem: 'date: lies before 1990 or in the future' };
  }
  const who = readPerson(order, country);
  if (!who.ok) return who;
  return {
    ok: true,
    value: {
      ...who.value,
      facts: { ...factsOf(order), total: order.totalCost, currency: order.currency },
    },
  };
}

function factsOf(
  order: Pick<
    z.output<typeof eventBody>,
    'externalOrderId' | 'status' | 'date' | 'items' | keyof typeof details
  >,
): OrderFacts {
  const said = Object.keys(details) as (keyof typeof details)[];
  const own = said.flatMap((name) => (order[name] == null ? [] : [[name, order[name]] as const]));
  return {
    externalOrderId: order.externalOrderId.trim(),
    ...(order.status && { status: order.status }),
    ...(order.date != null && { orderedAt: order.date }),
    ...(order.items && { items: order.items as Json[] }),
    details: Object.fromEntries(own),
  };
}

function readPerson(
  body: z.output<z.ZodObject<typeof person>>,
  country: string | undefined,
): { ok: true; value: Pick<OrderWithPerson, 'ids' | 'fields'> } | { ok: false; problem: string } {
  const ids: Identifier[] = [];
  const fields: JsonObject = {};
  const externalId = body.externalCustomerId?.trim();
  if (externalId && isUsableIdentifier(externalId)) ids.push(['external_id', externalId]);
  const email = body.email ? normalizeEmail(body.email) : undefined;
  if (email !== undefined) {
    ids.push(['email', email]);
    fields['email'] = email;
  }
  const phone = body.phone ? normalizePlainPhone(body.phone, country) : undefined;
  if (phone !== undefined) {
    ids.push(['phone', phone]);
    fields['phone'] = phone;
  }
  if (body.firstName) fields['first_name'] = body.firstName;
  if (body.lastName) fields['last_name'] = body.lastName;
  if (ids.length > 0) return { ok: true, value: { ids, fields } };
  const problem = 'expected a valid externalCustomerId, email or phone';
  return { ok: false, problem };
}

/** What the reserved events say about an order; undefined: nothing that can be kept. */
export function orderOfEvent(event: string, params: JsonObject): OrderFacts | undefined {
  const shape = ORDER_EVENTS[event];
  if (!shape) return undefined;
  const result = eventBody.safeParse(params);
  if (!result.success) return undefined;
  const order = result.data;
  const facts = factsOf(order);
  if (shape.status) {
    return { externalOrderId: facts.externalOrderId, status: shape.status, mustExist: true };
  }
  const currency = order.currencyCode ?? order.currency;
  return {
    ...facts,
    ...(order.totalCost != null && { total: order.totalCost }),
    ...(currency && { currency }),
  };
}

/** Event types that are orders, too; with a status: one that must be there already. */
const ORDER_EVENTS: Partial<Record<string, { status?: OrderFacts['status'] }>> = Object.assign(
  Object.create(null),
  {
    orderCreated: {},
    orderUpdated: {},
    orderDelivered: { status: 'DELIVERED' },
    orderCancelled: { status: 'CANCELLED' },
  },
);

function problemOf(error: z.ZodError): string {
  return error.issues
    .slice(0, 5)
    .map(({ path, message }) => `${path.map(String).join('.') || 'the order'}: ${message}`)
    .join('; ');
}
