import type { SqlFacts } from '@perennial/conditions';
import type { Asking } from '../../contacts/index.ts';
import { typeIdSql } from '../event-facts-sql.ts';

/**
 * The first or the last event of a type that each contact ever did, where that is kept and whole;
 * index kept_times_of_type.
 */
export function keptFactsSql(
  type: string,
  at: 'first' | 'last',
  asking: Asking,
): SqlFacts | undefined {
  const { kept } = asking;
  kept?.asked.add(type);
  if (!kept?.whole.has(type)) return undefined;
  return {
    from: 'kept_times k',
    where: `k.event_type_id = ${typeIdSql(type, asking)} and k.n > 0`,
    contactId: 'k.contact_id',
    at: `k.${at}_at`,
    standsFor: 'k.n',
    begin() {
      throw new Error('of what is kept of events nothing but their times is known');
    },
  };
}
