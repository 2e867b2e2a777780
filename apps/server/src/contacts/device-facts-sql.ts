import type { SqlFacts } from '@perennial/conditions';
import type { Asking } from './filter/statement.ts';
import { PLATFORM } from './device-platforms.ts';

/** Devices, as conditions ask about them; index devices_pkey. */
export function deviceFactsSql({ put, workspaceId }: Asking): SqlFacts {
  return {
    from: 'devices d',
    where: `d.workspace_id = ${put(workspaceId, 'bigint')}`,
    contactId: 'd.contact_id',
    at: 'd.last_seen_at',
    begin({ steps: [first, ...rest] }) {
      const member = first?.kind === 'key' ? first.key : '';
      const expression = Object.hasOwn(MEMBERS, member) ? MEMBERS[member]! : 'null::jsonb';
      return { expression, steps: rest };
    },
  };
}

const MEMBERS: Record<string, string> = {
  platform: `to_jsonb(${PLATFORM})`,
  os_version: 'to_jsonb(d.os_version)',
  app: 'to_jsonb(d.app)',
  app_version: 'to_jsonb(d.app_version)',
  model: 'to_jsonb(d.model)',
  push_enabled: 'to_jsonb(d.push_enabled)',
  last_seen_at: 'to_jsonb((extract(epoch from d.last_seen_at) * 1000)::bigint)',
};
