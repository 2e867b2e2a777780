import { z } from 'zod';
import { writeAudit } from '../../audit/index.ts';
import {
  countSubscribed,
  findSubscribed,
  listCategories,
  readCategories,
  unknownKeys,
  type CategoryRow,
} from '../../categories/index.ts';
import { normalizeEmail } from '../../contacts/index.ts';
import { inTransaction, type Db } from '../../db/index.ts';
import { liftSuppressions, suppressAddresses } from '../../suppressions/index.ts';
import { defineEndpoint, type Endpoint, type RestContext } from './endpoint.ts';
import { contactOf } from './known-contact.ts';
import { RestError } from './rest-error.ts';
import { idParams, listOf, placeOf, restText } from './schemas.ts';
import { submitOrThrow } from './submit.ts';

/** Addresses of one call. */
const MOST_EMAILS = 3000;

const list = defineEndpoint({
  method: 'GET',
  url: '/v1/subscriptions',
  summary: 'List subscription categories',
  description: 'From 10,000 contacts on, `contactsCount` is an estimate.',
  rights: ['contacts.read'],
  handler: async ({ db, workspaceId }) => {
    const categories = await listCategories(db, { workspaceId });
    const counts = await countSubscribed(db, { workspaceId, categories });
    return categories.map((category) => ({
      ...subscriptionOf(category),
      contactsCount: counts.get(category.id)?.subscribed ?? 0,
      createdDate: category.created_at.toISOString(),
      updatedDate: null,
    }));
  },
});

/** Categories stand in no groups. */
function subscriptionOf({ id, key, name }: CategoryRow): object {
  return { id, key, groupId: null, name };
}

const get = defineEndpoint({
  method: 'GET',
  url: '/v1/contact/:id/subscriptions',
  summary: 'Which categories a contact is in',
  rights: ['contacts.read'],
  params: idParams,
  handler: async (context) => {
    const { db, workspaceId, params } = context;
    const { id } = await contactOf(context, params.id);
    const found = await findSubscribed(db, { workspaceId, contactIds: [id] });
    return (found.get(id) ?? []).map(subscriptionOf);
  },
});

export const categoryKeys = listOf(restText(100), { most: 100 });

const put = defineEndpoint({
  method: 'PUT',
  url: '/v1/contact/:id/subscriptions',
  summary: 'Say which categories a contact is in',
  description: 'In those that are named, and out of all others.',
  rights: ['contacts.write'],
  params: idParams,
  body: z.object({ subscriptions: categoryKeys }),
  example: { subscriptions: ['news'] },
  handler: async (context) => {
    const { db, workspaceId, now, params, body } = context;
    const { id } = await contactOf(context, params.id);
    await requireCategories(db, { workspaceId, keys: body.subscriptions });
    await submitOrThrow(context, {
      item: {
        kind: 'consent',
        ids: [['contact', String(id)]],
        at: now.getTime(),
        source: 'api',
        consent: { categories: wishesFor(body.subscriptions), replace: true },
      },
    });
    return `Contact with id='${params.id}' has been updated`;
  },
});

export function wishesFor(keys: readonly string[]): Record<string, boolean> {
  return Object.fromEntries(keys.map((key) => [key, true]));
}

/** Throws 400 that names the keys of no category. */
export async function requireCategories(
  db: Db,
  { workspaceId, keys }: { workspaceId: number; keys: readonly string[] },
): Promise<void> {
  if (keys.length === 0) return;
  const unknown = unknownKeys(await readCategories(db, { workspaceId }), keys);
  if (unknown.length === 0) return;
  throw new RestError(400, `subscriptions: there is no category ${unknown.join(', ')}`);
}

const emailsBody = z.object({ emails: listOf(z.string(), { most: MOST_EMAILS }) });

const unsubscribe = defineEndpoint({
  method: 'POST',
  url: '/v1/emails/unsubscribed/add',
  summary: 'Unsubscribe e-mail addresses',
  description: 'Holds at once, for every contact with such an address.',
  rights: ['contacts.write'],
  bodyLimit: 2 * 1024 * 1024,
  body: emailsBody,
  example: { emails: ['ada@example.com'] },
  handler: async ({ db, parts, workspaceId, now, by, body }) => {
    const suppressions = addressesOf(body).map((address) => ({
      workspaceId,
      channel: 'email',
      address,
      reason: 'unsubscribed' as const,
      since: now,
      source: 'api' as const,
    }));
    await inTransaction(
      db,
      async (tx) => {
        const written = await suppressAddresses(tx, { suppressions, slots: parts.slots, now });
        await tell(tx, { by, action: 'suppression.add', n: written.length });
      },
      { retries: 3 },
    );
    return undefined;
  },
});

const subscribeAgain = defineEndpoint({
  method: 'POST',
  url: '/v1/emails/unsubscribed/delete',
  summary: 'Take unsubscriptions back',
  description: 'Only when the person asked for it. Complaints and bounces stay.',
  rights: ['contacts.write'],
  bodyLimit: 2 * 1024 * 1024,
  body: emailsBody,
  example: { emails: ['ada@example.com'] },
  handler: async ({ db, parts, workspaceId, now, by, body }) => {
    const addresses = addressesOf(body).map((address) => ({
      workspaceId,
      channel: 'email',
      address,
    }));
    await inTransaction(
      db,
      async (tx) => {
        const lifted = await liftSuppressions(tx, {
          addresses,
          reasons: ['unsubscribed'],
          source: 'api',
          slots: parts.slots,
          now,
        });
        await tell(tx, { by, action: 'suppression.remove', n: lifted.length });
      },
      { retries: 3 },
    );
    return undefined;
  },
});

/** Nothing is done when one of them is no address. */
function addressesOf({ emails }: z.output<typeof emailsBody>): string[] {
  const read = emails.map((email) => normalizeEmail(email));
  const wrong = read.flatMap((email, n) =>
    email === undefined ? [`${placeOf(['emails', n])}: is not an e-mail address`] : [],
  );
  if (wrong.length > 0) throw new RestError(400, wrong.slice(0, 20).join('\n'));
  return [...new Set(read as string[])];
}

/** By number: the addresses are in the contacts' activity, and erased with it. */
async function tell(
  tx: Parameters<typeof writeAudit>[0],
  { by, action, n }: { by: RestContext['by']; action: string; n: number },
): Promise<void> {
  if (n === 0) return;
  const object = { kind: 'suppression', id: null };
  await writeAudit(tx, { by, action, object, after: { channel: 'email', addresses: n } });
}

export const subscriptionEndpoints: Endpoint[] = [list, get, put, unsubscribe, subscribeAgain];
