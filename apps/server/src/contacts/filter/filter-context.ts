import type { Node } from '@perennial/conditions';
import type { Db } from '../../db/index.ts';
import { asOfNow } from './as-of-now.ts';
import type { FilterContext } from './filter-sql.ts';
import { knownTypes } from './known-types.ts';
import { zonesInUse } from './zones-in-use.ts';

/** What a filter is written with, once what it asks for is looked up. */
export async function filterContext(
  db: Db,
  { node, ...asking }: Omit<FilterContext, 'typeIds' | 'zones'> & { node: Node },
): Promise<FilterContext> {
  const { workspaceId, questions, now } = asking;
  return {
    ...asking,
    questions: await asOfNow(db, { questions, node, workspaceId, now }),
    typeIds: await knownTypes(db, { questions, node, workspaceId }),
    zones: await zonesInUse(db, { rule: node, workspaceId }),
  };
}
