import type { SqlFacts } from '@perennial/conditions';
import type { Asking } from '../contacts/index.ts';

/** Orders, as conditions measure them; index orders_pkey. */
export function orderFactsSql({ put, workspaceId }: Asking): SqlFacts {
  return {
    from: 'orders o',
    where: `o.workspace_id = ${put(workspaceId, 'bigint')}`,
    contactId: 'o.contact_id',
    at: 'o.ordered_at',
    begin({ root, steps }) {
      if (root === 'key') return { expression: 'to_jsonb(o.external_order_id)', steps };
      if (root === 'source') return { expression: 'to_jsonb(o.source)', steps };
      if (root === 'context') return { expression: 'null::jsonb', steps: [] };
      const [first, ...rest] = steps;
      const member = first?.kind === 'key' ? first.key : '';
      return Object.hasOwn(MEMBERS, member)
        ? { expression: MEMBERS[member]!, steps: rest }
        : { expression: 'o.details', steps };
    },
  };
}

/** What is a column of its own; all else is one of the details. */
const MEMBERS: Record<string, string> = {
  id: 'to_jsonb(o.external_order_id)',
  status: 'to_jsonb(o.status)',
  // As a double, which it was at the door.
  total: 'to_jsonb(o.total::float8)',
  currency: 'to_jsonb(o.currency)',
  items: 'o.items',
};
