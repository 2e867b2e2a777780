export { findSecret, keepSecret, loadSecret } from './load-secret.ts';
export { createSecretBox } from './secret-box.ts';
export type { SecretBox } from './secret-box.ts';
export { checkFingerprint } from './check-fingerprint.ts';
