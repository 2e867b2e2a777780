import { readCategories, unknownKeys } from '../categories/index.ts';
import type { Pool } from '../db/index.ts';
import { notFound, Problem } from '../http/index.ts';
import type { ConsentItem } from '../inbox/index.ts';
import { findContact } from './find-contact.ts';
import { submitItem, type Submission } from './submit-item.ts';

export interface Choices {
  id: number;
  /** By key: in or out. */
  categories: Record<string, boolean>;
  /** Out of all others. */
  replace: boolean;
  text: string | undefined;
}

/** What a contact said, as somebody writes it down. Answers the contact's ID after it was applied. */
export async function changeChoices(
  db: Pool,
  { id, categories, replace, text, ...edit }: Submission & Choices,
): Promise<number> {
  const { workspaceId, by } = edit;
  const contact = await findContact(db, { workspaceId, id });
  if (!contact) throw notFound('contact');
  const unknown = unknownKeys(await readCategories(db, { workspaceId }), Object.keys(categories));
  if (unknown.length > 0) throw noCategory(unknown, { replace });
  const item: ConsentItem = {
    kind: 'consent',
    ids: [['contact', String(contact.id)]],
    at: by.at.getTime(),
    source: 'manual',
    consent: {
      categories,
      by: by.actor.name,
      ...(replace && { replace }),
      ...(text !== undefined && { text }),
    },
  };
  const outcome = await submitItem(db, edit, {
    itemOf: (ticket) => ({ ...item, ticket }),
    audit: {
      action: 'contact.categories',
      object: { kind: 'contact', id: contact.id },
      after: { categories, ...(replace && { others: false }) },
    },
  });
  return outcome.contactId;
}

function noCategory(unknown: string[], { replace }: Pick<Choices, 'replace'>): Problem {
  const message = 'There is no such category.';
  return new Problem('invalid_request', {
    detail: `There is no category ${unknown.map((key) => `"${key}"`).join(', ')}.`.slice(0, 500),
    errors: unknown.map((key) => ({
      path: replace ? '/categories' : `/categories/${key}`,
      message,
      in: 'body',
    })),
  });
}
