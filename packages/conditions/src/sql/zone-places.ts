import type { Sql } from './sql.ts';

/** The zones that contacts may be in, the workspace's first: that of whoever has none. */
export function zonesOfContacts(sql: Sql): string[] {
  return [...new Set([sql.workspaceZone, ...sql.zones()])];
}

/** Where the contact's zone stands among those, from 1 on. */
export function placeOfZone(sql: Sql): string {
  const zones = sql.put(zonesOfContacts(sql), 'text[]');
  return `coalesce(array_position(${zones}, ${sql.sources.contactZone}), 1)`;
}
