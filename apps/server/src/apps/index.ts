export { createApp } from './change-apps.ts';
export { createIdentityTally } from './identity-tally.ts';
export type { IdentityTally } from './identity-tally.ts';
export { findApp } from './queries.ts';
export { appRoutes } from './routes.ts';
export { createUserTokens } from './verify-user-token.ts';
export type { TokenVerdict, UserTokens, VerifiedUser } from './verify-user-token.ts';
