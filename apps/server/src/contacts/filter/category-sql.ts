import type { Asking } from './statement.ts';

/** Whether the contact of a row of `contacts` is in a category; index category_choices_pkey. */
export function categorySql(key: string, { put, workspaceId }: Asking): string {
  return `(select coalesce((select ch.subscribed from category_choices ch
                             where ch.contact_id = contacts.id and ch.category_id = c.id),
                           c.default_subscribed)
             from categories c
            where c.workspace_id = ${put(workspaceId)} and c.key = ${put(key)} and c.archived_at is null)`;
}
