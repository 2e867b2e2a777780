import type { EventTypeListItem } from '@perennial/contracts';
import { useList } from '../../app/data.ts';

/** Categories that some event type of the workspace has. */
export function useCategories(): readonly string[] {
  const types = useList<EventTypeListItem>('/event_types', { query: { limit: 1 } });
  const page: object = types.first ?? {};
  return 'categories' in page ? (page.categories as string[]) : [];
}
