import { useMemo } from 'react';
import { useList } from '../../app/data.ts';

const known = [
  'contact.id',
  'contact.external_id',
  'contact.email',
  'contact.phone',
  'contact.first_name',
  'contact.last_name',
  'contact.language',
  'contact.time_zone',
  'contact.country',
  'contact.city',
  'event',
  'run',
  'message.name',
  'workspace.name',
  'unsubscribe_url',
  'preferences_url',
  'view_url',
  'confirm_url',
];

/** Names to offer in templates: what every message knows, and the workspace's custom fields. */
export function useVariables(): string[] {
  const { items } = useList<{ key: string; system?: boolean }>('/fields', {
    query: { limit: 500 },
  });
  return useMemo(() => {
    const custom = items
      .filter((field) => !field.system)
      .map((field) => `contact.custom.${field.key.replace(/^custom\./, '')}`);
    return [...known, ...custom];
  }, [items]);
}
