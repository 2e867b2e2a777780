export { channelChangesSql, channelSql } from './channel-sql.ts';
export { blockAddresses } from './block-address.ts';
export type { Refusal } from './block-address.ts';
export { hashSuppressions } from './hash-suppressions.ts';
export { findSuppressions, forgetStrikes, keyOf, SUPPRESSION_REASONS } from './queries.ts';
export type { AddressKey, SuppressionReason, SuppressionRow } from './queries.ts';
export { suppressionRoutes } from './routes.ts';
export {
  liftOfWorkflows,
  liftSuppressions,
  suppressAddress,
  suppressAddresses,
  takeBackOfJob,
} from './suppress-address.ts';
export type { SuppressionToWrite } from './suppress-address.ts';
