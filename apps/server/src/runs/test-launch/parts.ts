import type { FieldCatalogue } from '../../contacts/index.ts';
import type { Pool } from '../../db/index.ts';
import type { Egress } from '../../egress/index.ts';
import type { RenderPool } from '../../messages/index.ts';
import type { SecretBox } from '../../secret/index.ts';

/** What test launches are moved with. */
export interface TestParts {
  pool: Pool;
  fields: FieldCatalogue;
  /** Renders the Liquid of settings. */
  render: RenderPool['render'];
  slots: number;
  /** The way out of webhook blocks, where the launch is to call them, and what opens their secrets. */
  callEgress: Egress;
  box: SecretBox;
}
