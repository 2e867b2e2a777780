import { z } from 'zod';
import {
  contactsByIds,
  contactsByValues,
  findOwner,
  normalizeEmail,
  normalizePlainPhone,
  type ContactRow,
} from '../../contacts/index.ts';
import { contactBody } from './contact-body.ts';
import { addItem, idsOf, updateItem } from './contact-item.ts';
import { Answer, defineEndpoint, type Endpoint, type RestContext } from './endpoint.ts';
import { RestError } from './rest-error.ts';
import { answersOf, contactOf, readOne, READS } from './known-contact.ts';
import { idParams, listOf, queryBoolean, restId, restPage } from './schemas.ts';
import { REPEAT_MS, submitOrThrow } from './submit.ts';

const add = defineEndpoint({
  method: 'POST',
  url: '/v1/contact',
  summary: 'Add or update a contact',
  description:
    'Found by its external ID, else by its addresses. A deleted contact comes back. The same call ' +
    'within a minute of its answer is refused with 409.',
  rights: ['contacts.write'],
  body: contactBody,
  example: {
    externalCustomerId: 'user-1',
    firstName: 'Ada',
    lastName: 'Lovelace',
    channels: [
      { type: 'email', value: 'ada@example.com' },
      { type: 'sms', value: '380501234567' },
    ],
    address: { town: 'Kyiv' },
    groups: [{ name: 'Runners' }],
    languageCode: 'uk',
    timeZone: 'Europe/Kyiv',
  },
  handler: async (context) => {
    const facts = await readOne(context, context.body);
    if (idsOf(facts).length === 0) {
      throw new RestError(400, 'channels: expected an address, or an externalCustomerId');
    }
    const item = addItem(facts, context.now);
    const { contactId } = await submitOrThrow(context, { item, quietMs: REPEAT_MS });
    return { id: contactId };
  },
});

const update = defineEndpoint({
  method: 'PUT',
  url: '/v1/contact/:id',
  summary: 'Update a contact',
  description:
    'What is left out stays. A deleted contact comes back; a missing one is not made. Another external ID replaces the one it has, if nobody has or had it.',
  rights: ['contacts.write'],
  params: idParams,
  body: contactBody,
  example: { firstName: 'Ada', channels: [{ type: 'email', value: 'ada@example.com' }] },
  handler: async (context) => {
    const { params, body } = context;
    const facts = await readOne(context, body);
    await submitOrThrow(context, { item: updateItem(params.id, facts, context.now) });
    return `Contact with id='${params.id}' has been updated`;
  },
});

const get = defineEndpoint({
  method: 'GET',
  url: '/v1/contact/:id',
  summary: 'Read a contact',
  rights: READS,
  params: idParams,
  handler: async (context) => {
    const row = await contactOf(context, context.params.id);
    const [answer] = await answersOf(context, [row]);
    return answer;
  },
});

const eraseQuery = { erase: queryBoolean.default(false) };

const ERASING =
  'With `erase` nothing of the contact is kept: it is deleted with the answer and gone for good ' +
  'within a minute.';

const remove = defineEndpoint({
  method: 'DELETE',
  url: '/v1/contact/:id',
  summary: 'Delete a contact',
  description: ERASING,
  rights: ['contacts.write'],
  params: idParams,
  query: z.object(eraseQuery),
  handler: async (context) => {
    const { id } = context.params;
    if (context.query.erase) await erase(context, id);
    else await deleteContact(context, await contactOf(context, id));
    return `Contact with id='${id}' has been deleted`;
  },
});

const removeByExternalId = defineEndpoint({
  method: 'DELETE',
  url: '/v1/contact',
  summary: 'Delete a contact by its external ID',
  description: ERASING,
  rights: ['contacts.write'],
  query: z.object({ externalCustomerId: z.string().min(1).max(300), ...eraseQuery }),
  handler: async (context) => {
    const { db, workspaceId, query } = context;
    const externalId = query.externalCustomerId;
    const owner = await findOwner(db, { workspaceId, externalId });
    if (!owner || (owner.deleted && !query.erase)) {
      throw new RestError(404, `There is no contact with externalCustomerId='${externalId}'.`);
    }
    if (query.erase) await erase(context, owner.id);
    else await deleteContact(context, await contactOf(context, owner.id));
    return undefined;
  },
});

/** Deleted at once, for the erasure waits behind all that arrived before; unless it is already. */
async function erase(context: RestContext, contactId: number): Promise<void> {
  const { db, parts, workspaceId, by } = context;
  const there = (await contactsByIds(db, { workspaceId, ids: [contactId] })).get(contactId);
  if (there) await deleteContact(context, there);
  await parts.requestErasure(db, { workspaceId, contactId, by, clock: parts.clock });
}

async function deleteContact(context: RestContext, { id }: ContactRow): Promise<void> {
  const at = context.now.getTime();
  await submitOrThrow(context, {
    item: { kind: 'delete', ids: [['contact', String(id)]], at, source: 'api' },
    audit: { action: 'contact.delete', object: { kind: 'contact', id } },
  });
}

const search = defineEndpoint({
  method: 'GET',
  url: '/v1/contacts',
  summary: 'Search contacts',
  description: 'Header `TotalCount`: how many there are. Ordered by ID.',
  rights: READS,
  rate: 'search',
  query: z.object({
    externalCustomerId: z.string().max(300).optional(),
    email: z.string().max(254).optional(),
    sms: z.string().max(50).optional(),
    firstname: z.string().max(1000).optional(),
    lastname: z.string().max(1000).optional(),
    sortBy: z.literal('contactId', { error: 'expected contactId' }).optional(),
    ...restPage,
  }),
  handler: async (context) => {
    const { db, workspaceId, country, query } = context;
    const { externalCustomerId, email, sms, firstname, lastname, startindex, maxrows } = query;
    const others = [email, sms, firstname, lastname].filter((value) => value !== undefined);
    if (externalCustomerId !== undefined && others.length > 0) {
      throw new RestError(400, 'externalCustomerId: cannot be combined with other values');
    }
    const { rows, total } = await contactsByValues(db, {
      workspaceId,
      values: {
        externalId: externalCustomerId,
        // What is no address is nobody's.
        email: email === undefined ? undefined : (normalizeEmail(email) ?? ''),
        // A plus in a query is a space.
        phone: sms === undefined ? undefined : (normalizePlainPhone(sms, country) ?? ''),
        firstName: firstname,
        lastName: lastname,
      },
      offset: startindex - 1,
      limit: maxrows,
    });
    return new Answer(await answersOf(context, rows), { headers: { TotalCount: String(total) } });
  },
});

const emails = defineEndpoint({
  method: 'GET',
  url: '/v1/contacts/email',
  summary: 'Read the e-mails of contacts',
  rights: READS,
  oldAnswer: true,
  query: z.object({
    ids: z
      .string()
      .transform((text): unknown => text.split(',').map((id) => id.trim()))
      .pipe(listOf(restId, { most: 500 })),
  }),
  handler: async ({ db, workspaceId, query }) => {
    const found = await contactsByIds(db, { workspaceId, ids: query.ids });
    const results = [...found].flatMap(([contactId, { email }]) =>
      email === null ? [] : [{ contactId, email }],
    );
    return { results };
  },
});

export const contactEndpoints: Endpoint[] = [
  add,
  update,
  get,
  remove,
  removeByExternalId,
  search,
  emails,
];
