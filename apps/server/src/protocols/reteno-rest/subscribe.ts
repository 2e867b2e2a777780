import { z } from 'zod';
import { findChannels } from '../../contacts/index.ts';
import { findSuppressions } from '../../suppressions/index.ts';
import { contactBody } from './contact-body.ts';
import { idsOf, subscribeItem } from './contact-item.ts';
import { defineEndpoint, type Endpoint, type RestContext } from './endpoint.ts';
import { contactOf, readOne } from './known-contact.ts';
import { listOf, restText } from './schemas.ts';
import { categoryKeys, requireCategories, wishesFor } from './subscriptions.ts';
import { RestError } from './rest-error.ts';
import { REPEAT_MS, submitOrThrow } from './submit.ts';

/** What an address is after a sign-up, in the words of the API. */
const EMAIL_STATUS: Record<string, string> = {
  subscribed: 'ALREADY_SUBSCRIBED',
  blacklisted: 'BLACKLISTED',
  bounced: 'BLACKLISTED',
};

const subscribe = defineEndpoint({
  method: 'POST',
  url: '/v1/contact/subscribe',
  summary: 'Sign a contact up',
  description:
    'A new address is unconfirmed until the person says yes. Addresses that a contact has are ' +
    'kept. Told as the event `subscribeFromApi` of a new contact and `subscribeUpdateFromApi` of ' +
    'a known one, with `-formType` behind if one is given.',
  rights: ['contacts.write'],
  body: z.object({
    contact: contactBody,
    groups: listOf(restText(200), { most: 100 }).nullish(),
    subscriptions: categoryKeys.nullish(),
    formType: z
      .string()
      .regex(/^[\w.-]{1,60}$/, { error: 'expected at most 60 letters, digits, dots, _ and -' })
      .nullish(),
  }),
  example: {
    contact: { firstName: 'Ada', channels: [{ type: 'email', value: 'ada@example.com' }] },
    groups: ['Newsletter'],
    subscriptions: ['news'],
    formType: 'footer',
  },
  handler: async (context) => {
    const { db, workspaceId } = context;
    const { contact, groups, subscriptions, formType } = context.body;
    await requireCategories(db, { workspaceId, keys: subscriptions ?? [] });
    const facts = await readOne(context, contact, ['contact']);
    if (idsOf(facts).length === 0) {
      throw new RestError(400, 'contact.channels: expected an address, or an externalCustomerId');
    }
    if (groups) facts.groups.push(...groups);
    const item = subscribeItem(facts, { now: context.now, formType: formType ?? undefined });
    if (subscriptions?.length) item.consent = { categories: wishesFor(subscriptions) };
    const outcome = await submitOrThrow(context, { item, quietMs: REPEAT_MS });
    return {
      id: outcome.contactId,
      emailStatus: await emailStatusOf(context, outcome.contactId),
      new: outcome.minted,
    };
  },
});

async function emailStatusOf(context: RestContext, id: number): Promise<string | undefined> {
  const { db, workspaceId, now } = context;
  const row = await contactOf(context, id);
  const channels = await findChannels(db, { workspaceId, owners: [row], findSuppressions, now });
  const email = channels.get(row.id)?.find(({ channel }) => channel === 'email');
  return email && (EMAIL_STATUS[email.status] ?? 'NEED_CONFIRMATION');
}

export const subscribeEndpoints: Endpoint[] = [subscribe];
