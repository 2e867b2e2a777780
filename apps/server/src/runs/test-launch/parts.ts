import type { FieldCatalogue } from '../../contacts/index.ts';
import type { Pool } from '../../db/index.ts';
import type { RenderPool } from '../../messages/index.ts';

/** What test launches are moved with. */
export interface TestParts {
  pool: Pool;
  fields: FieldCatalogue;
  /** Renders the Liquid of settings. */
  render: RenderPool['render'];
  slots: number;
}
