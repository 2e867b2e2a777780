import {
  CONTACT_SORTS,
  contactCardSchema,
  contactCategoriesChangeSchema,
  contactCategoriesSchema,
  contactChangeSchema,
  contactPageSchema,
  externalIdChangeSchema,
  idParams,
  newContactSchema,
  type ContactSort,
} from '@perennial/contracts';
import { z } from 'zod';
import type { Db } from '../db/index.ts';
import {
  defineRoute,
  notFound,
  nothing,
  pageFrom,
  pageQuery,
  Problem,
  type ManageRoute,
} from '../http/index.ts';
import type { Results } from '../inbox/index.ts';
import { mayReadPersonal, type Rights } from '../users/index.ts';
import { changeChoices } from './change-choices.ts';
import { countContacts, type Count } from './count-contacts.ts';
import { changeContact, createContact, deleteContact, replaceExternalId } from './edit-contact.ts';
import { findContact } from './find-contact.ts';
import {
  listContacts,
  positionOf,
  readsAll,
  type ListOptions,
  type Order,
} from './list-contacts.ts';
import { LONGEST_SEARCH, parseSearch, withoutPersonal } from './parse-search.ts';
import { maskCard, maskPersonal, type ContactCard } from './present-contact.ts';
import { conflictRoutes } from './routes-conflicts.ts';
import { fieldRoutes } from './routes-fields.ts';
import { searchContacts } from './search-contacts.ts';
import { showCard, showContacts, type CardParts } from './show-contacts.ts';
import type { Submission } from './submit-item.ts';

export interface ContactRouteParts extends CardParts {
  clock: () => Date;
  results: Pick<Results, 'wait'>;
}

/** Beyond this many, lists are not sorted by what no index holds. */
const MOST_SORTED = 100_000;

const sorts = CONTACT_SORTS.flatMap((by) => [by, `-${by}`]) as `${'' | '-'}${ContactSort}`[];

const listQuery = z.object({
  ...pageQuery(z.tuple([z.string().nullable(), z.int()])),
  search: z
    .string()
    .trim()
    .max(LONGEST_SEARCH)
    .optional()
    .describe(
      'The beginning of a name, e-mail, phone or external ID, or a whole identifier. `id:12` and ' +
        '`extid:u-12` mean just that.',
    ),
  identified: z
    .enum(['true', 'all'])
    .default('true')
    .describe('`all`: with anonymous contacts, who have no external ID, e-mail or phone.'),
  sort: z
    .enum(sorts)
    .default('-created_at')
    .describe(
      'With `-` the greatest first; contacts without a value come last. `last_seen_at` and ' +
        `\`updated_at\` change with every event and have no index: up to ${MOST_SORTED} contacts.`,
    ),
});

/** Calls about contacts and their fields. */
export function contactRoutes(parts: ContactRouteParts): ManageRoute[] {
  const list = defineRoute({
    method: 'GET',
    url: '/contacts',
    right: 'contacts.read',
    summary: 'List contacts',
    description:
      'Without `contacts.read_personal`, personal data is masked, search takes whole IDs only, ' +
      'and lists are not sorted by personal data. A search looks at 2,000 contacts of each way ' +
      'to match; with more, `total_exact` is false.',
    query: listQuery,
    response: contactPageSchema,
    handler: async ({ db, workspace, rights, now, query }) => {
      const { limit, cursor: after } = query;
      const order = orderOf(query.sort, rights);
      const { options, count } = await chooseContacts(db, {
        workspaceId: workspace.id,
        rights,
        query,
      });
      await refuseLongSort(db, { order, options });
      const rows = await listContacts(db, { ...options, order, after, limit: limit + 1 });
      const page = pageFrom(rows, { limit, position: (row) => positionOf(row, order) });
      const { findSuppressions } = parts;
      const items = await showContacts(db, {
        workspaceId: workspace.id,
        rows: page.items,
        findSuppressions,
        now,
      });
      const counted = after === undefined ? await count() : undefined;
      return {
        items: items.map((contact) => maskPersonal(contact, rights)),
        next_cursor: page.next_cursor,
        total: counted?.total ?? null,
        total_exact: counted?.exact ?? true,
      };
    },
  });

  const get = defineRoute({
    method: 'GET',
    url: '/contacts/:id',
    right: 'contacts.read',
    summary: 'Read the card of a contact',
    description: 'The ID of a contact that was merged away leads to the one it became.',
    params: idParams,
    response: contactCardSchema,
    handler: ({ db, workspace, rights, now, params }) =>
      readCard(db, { workspaceId: workspace.id, id: params.id, rights, now }),
  });

  const create = defineRoute({
    method: 'POST',
    url: '/contacts',
    right: 'contacts.write',
    summary: 'Create a contact',
    description:
      'Answers after it was applied. 409 when somebody has the external ID (or, without one, the ' +
      'e-mail or phone). A deleted contact with this external ID comes back.',
    body: newContactSchema,
    response: contactCardSchema,
    status: 201,
    example: { body: { external_id: 'u-1001', email: 'ada@example.com', first_name: 'Ada' } },
    handler: async ({ db, by, workspace, rights, now, body, repetition }) => {
      const workspaceId = workspace.id;
      const edit: Submission = { workspaceId, by, repetition, ...parts };
      const id = await createContact(db, { ...edit, input: body });
      return readCard(db, { workspaceId, id, rights, now });
    },
  });

  const change = defineRoute({
    method: 'PATCH',
    url: '/contacts/:id',
    right: 'contacts.write',
    summary: 'Change a contact',
    description:
      'What is left out stays; null empties. Answers after it was applied. An external ID can be ' +
      'given to a contact that has none.',
    params: idParams,
    body: contactChangeSchema,
    response: contactCardSchema,
    example: { body: { first_name: 'Ada', custom: { plan: 'premium' } } },
    handler: async ({ db, by, workspace, rights, now, params, body, repetition }) => {
      const workspaceId = workspace.id;
      const edit: Submission = { workspaceId, by, repetition, ...parts };
      const id = await changeContact(db, { ...edit, id: params.id, input: body });
      return readCard(db, { workspaceId, id, rights, now });
    },
  });

  const putExternalId = defineRoute({
    method: 'PUT',
    url: '/contacts/:id/external_id',
    right: 'contacts.write',
    summary: 'Replace the external ID of a contact',
    description:
      'The old one still finds the contact and stays reserved. 409 when another contact has the ' +
      'new one, or had it.',
    params: idParams,
    body: externalIdChangeSchema,
    response: contactCardSchema,
    example: { body: { external_id: 'u-2001' } },
    handler: async ({ db, by, workspace, rights, now, params, body, repetition }) => {
      const workspaceId = workspace.id;
      const edit: Submission = { workspaceId, by, repetition, ...parts };
      const id = await replaceExternalId(db, {
        ...edit,
        id: params.id,
        externalId: body.external_id,
      });
      return readCard(db, { workspaceId, id, rights, now });
    },
  });

  const remove = defineRoute({
    method: 'DELETE',
    url: '/contacts/:id',
    right: 'contacts.write',
    summary: 'Delete a contact',
    description:
      'It is in no list, segment or count any more, and its runs end. Its identifiers stay ' +
      'reserved; identifying it again brings it back.',
    params: idParams,
    query: z.strictObject({}),
    response: nothing,
    handler: async ({ db, by, workspace, params, repetition }) => {
      const edit: Submission = { workspaceId: workspace.id, by, repetition, ...parts };
      await deleteContact(db, { ...edit, id: params.id });
      return undefined;
    },
  });

  const choose = defineRoute({
    method: 'PATCH',
    url: '/contacts/:id/categories',
    right: 'contacts.write',
    summary: 'Write down what a contact said about subscription categories',
    description:
      'Those left out stay as they are. The later decision holds, whatever arrives first.',
    params: idParams,
    body: contactCategoriesChangeSchema,
    response: contactCardSchema,
    example: { body: { categories: { offers: true }, text: 'Told us on the phone.' } },
    handler: async ({ db, by, workspace, rights, now, params, body, repetition }) => {
      const workspaceId = workspace.id;
      const edit: Submission = { workspaceId, by, repetition, ...parts };
      const { categories, text } = body;
      const choices = { id: params.id, categories, replace: false, text };
      const id = await changeChoices(db, { ...edit, ...choices });
      return readCard(db, { workspaceId, id, rights, now });
    },
  });

  const replaceChoices = defineRoute({
    method: 'PUT',
    url: '/contacts/:id/categories',
    right: 'contacts.write',
    summary: 'Say which subscription categories a contact is in; it is out of all others',
    params: idParams,
    body: contactCategoriesSchema,
    response: contactCardSchema,
    example: { body: { categories: ['offers'] } },
    handler: async ({ db, by, workspace, rights, now, params, body, repetition }) => {
      const workspaceId = workspace.id;
      const edit: Submission = { workspaceId, by, repetition, ...parts };
      const categories = Object.fromEntries(body.categories.map((key) => [key, true]));
      const choices = { id: params.id, categories, replace: true, text: body.text };
      const id = await changeChoices(db, { ...edit, ...choices });
      return readCard(db, { workspaceId, id, rights, now });
    },
  });

  async function readCard(
    db: Db,
    { rights, now, ...which }: { workspaceId: number; id: number; rights: Rights; now: Date },
  ): Promise<ContactCard> {
    const row = await findContact(db, which);
    if (!row) throw notFound('contact');
    return maskCard(
      await showCard(db, { workspaceId: which.workspaceId, row, parts, now }),
      rights,
    );
  }

  return [
    list,
    create,
    get,
    change,
    putExternalId,
    remove,
    choose,
    replaceChoices,
    ...conflictRoutes({ ...parts, readCard }),
    ...fieldRoutes,
  ];
}

function orderOf(sort: string, rights: Rights): Order {
  const descending = sort.startsWith('-');
  const by = (descending ? sort.slice(1) : sort) as ContactSort;
  if (['email', 'name'].includes(by) && !mayReadPersonal(rights)) {
    throw new Problem('forbidden', { detail: `Sorting by ${by} takes contacts.read_personal.` });
  }
  return { by, descending };
}

type Chosen = Pick<ListOptions, 'workspaceId' | 'identified' | 'among'>;

/** Which contacts a list is of, and how they are counted. */
async function chooseContacts(
  db: Db,
  {
    workspaceId,
    rights,
    query: { search, identified },
  }: { workspaceId: number; rights: Rights; query: z.output<typeof listQuery> },
): Promise<{ options: Chosen; count: () => Promise<Count> }> {
  if (!search) {
    const options = { workspaceId, identified: identified === 'true' };
    return { options, count: () => countContacts(db, options) };
  }
  const parsed = parseSearch(search);
  const { ids, bounded } = await searchContacts(db, {
    workspaceId,
    search: mayReadPersonal(rights) ? parsed : withoutPersonal(parsed),
  });
  // Who looks for an anonymous contact by its ID means that one.
  const options = { workspaceId, identified: false, among: ids };
  const count = async (): Promise<Count> => {
    const { total } = await countContacts(db, options);
    return { total, exact: !bounded };
  };
  return { options, count };
}

async function refuseLongSort(
  db: Db,
  { order, options }: { order: Order; options: Chosen },
): Promise<void> {
  if (!readsAll(order) || options.among) return;
  const { total } = await countContacts(db, options);
  if (total <= MOST_SORTED) return;
  throw new Problem('unprocessable', {
    detail:
      `Every event changes ${order.by}, so no index holds it: lists of more than ${MOST_SORTED} ` +
      'contacts are not sorted by it. Search, or sort by created_at.',
  });
}
