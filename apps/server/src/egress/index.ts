export { createEgress } from './create-egress.ts';
export type { Egress } from './create-egress.ts';
