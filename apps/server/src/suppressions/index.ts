export { findSuppressions, keyOf, SUPPRESSION_REASONS } from './queries.ts';
export type { AddressKey, SuppressionReason, SuppressionRow } from './queries.ts';
export { suppressionRoutes } from './routes.ts';
export { suppressAddress } from './suppress-address.ts';
export type { SuppressionToWrite } from './suppress-address.ts';
