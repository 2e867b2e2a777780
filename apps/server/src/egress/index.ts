export { parseRange } from './allowed-address.ts';
export { createEgress } from './create-egress.ts';
export type { Egress } from './create-egress.ts';
