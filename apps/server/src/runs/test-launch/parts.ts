import type { FieldCatalogue } from '../../contacts/index.ts';
import type { Pool } from '../../db/index.ts';

/** What test launches are moved with. */
export interface TestParts {
  pool: Pool;
  fields: FieldCatalogue;
  slots: number;
}
