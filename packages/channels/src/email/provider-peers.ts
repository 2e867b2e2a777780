/** Vendors' APIs on loopback, for tests: what they take is remembered, what is wrong is refused. */
export { NO_ADDRESS, VERIFIED } from './api/api-peer.ts';
export type { ApiPeer, Departure, PeerMail } from './api/api-peer.ts';
export { startMailgunPeer } from './mailgun/mailgun-peer.ts';
export { startPostmarkPeer } from './postmark/postmark-peer.ts';
export { startResendPeer } from './resend/resend-peer.ts';
export { startSendgridPeer } from './sendgrid/sendgrid-peer.ts';
export { startSesPeer } from './ses/ses-peer.ts';
export {
  createSnsPeer,
  sendgridKeys,
  signedByMailgun,
  signedByResend,
  signedBySendgrid,
  TOPIC,
} from './callbacks/sign-callback.ts';
export type { SignedCall, SnsPeer } from './callbacks/sign-callback.ts';
export { ampOf, filesOf } from './api/taken-file.ts';
export type { TakenFile } from './api/taken-file.ts';
