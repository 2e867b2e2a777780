import type { Mailing } from '../../messages/index.ts';
import type { Flow } from './flow.ts';

/** What carries a delivery: the database itself, or a flow to a provider outside. */
export type Carrier =
  | { kind: 'sandbox'; providerId: number | null; mailing: Mailing }
  | { kind: 'flow'; providerId: number; mailing: Mailing | undefined; flow: Flow };
