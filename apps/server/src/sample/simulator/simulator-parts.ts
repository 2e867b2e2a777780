import type { Pool } from '../../db/index.ts';
import type { Log } from '../make-sample.ts';

export interface SimulatorParts {
  pool: Pool;
  /** For the connection that holds the lock. */
  url: string;
  /** Where this program answers, as it reaches itself. */
  baseUrl: string;
  /** What links in messages begin with. */
  publicUrl: string;
  clock: () => Date;
  log: Log;
}
