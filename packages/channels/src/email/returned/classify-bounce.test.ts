import { expect, test } from 'vitest';
import { classifyBounce, type BounceClass } from './classify-bounce.ts';
import { enhancedCodeIn, replyCodeIn } from './enhanced-code.ts';

const ANSWERS: [answer: string, bounce: BounceClass, reason: string][] = [
  ['550 5.1.1 <ann@example.net>: no', 'dead', 'address unknown'],
  [
    '550-5.1.1 The email account that you tried to reach does not exist.',
    'dead',
    'address unknown',
  ],
  ['550 5.1.10 RESOLVER.ADR.RecipientNotFound', 'dead', 'domain takes no mail'],
  ['550 5.1.2 Host unknown', 'dead', 'domain unknown'],
  ['550 #5.1.0 Address rejected.', 'counted', 'rejected'],
  ['550 Requested action not taken: mailbox unavailable', 'counted', 'rejected'],
  ['550 Sender domain does not exist', 'ignored', 'sender refused'],
  [
    '550 <news@mail.example.com>: Sender address rejected: Domain not found',
    'ignored',
    'sender refused',
  ],
  ['550 Helo command rejected: Host not found', 'ignored', 'sender refused'],
  ['550 Reverse DNS lookup failed for client host', 'ignored', 'sender refused'],
  ['550 Your domain was not found', 'ignored', 'sender refused'],
  ['550 Domain example.net does not exist', 'dead', 'domain unknown'],
  ['550 No such user here', 'dead', 'address unknown'],
  [
    "550 This user doesn't have a example.net account (ann@example.net) [0]",
    'dead',
    'address unknown',
  ],
  ['550 ann@example.net... User unknown', 'dead', 'address unknown'],
  ['511 sorry, no mailbox here by that name', 'counted', 'rejected'],
  ['550 relay not permitted', 'counted', 'rejected'],
  ['552 5.2.2 Over quota', 'blocked', 'mailbox full'],
  ['552 Requested mail action aborted', 'blocked', 'mailbox full'],
  ['452 4.2.2 The email account that you tried to reach is over quota.', 'blocked', 'mailbox full'],
  ['550 5.2.1 The email account is inactive', 'blocked', 'mailbox inactive'],
  ['554 Account has been disabled', 'blocked', 'mailbox inactive'],
  ['552 5.3.4 Message size exceeds fixed limit', 'ignored', 'message too large'],
  ['552 message too large', 'ignored', 'message too large'],
  ['554 5.6.0 Corrupt message content', 'ignored', 'content refused'],
  ['550 5.7.1 Unauthenticated email is not accepted', 'ignored', 'refused by policy'],
  ['554 Message rejected as spam', 'ignored', 'refused by policy'],
  [
    '550 5.7.515 Access denied, sending domain does not meet the level',
    'ignored',
    'refused by policy',
  ],
  ['554 5.4.6 Hop count exceeded', 'ignored', 'mail loop'],
  ['554 5.4.7 delivery expired', 'counted', 'gave up after days'],
  ['451 4.3.0 try later', 'counted', 'rejected'],
  ['', 'counted', 'rejected'],
];

test.each(ANSWERS)('%s: %s', (text, bounce, reason) => {
  const refusal = { status: enhancedCodeIn(text), code: replyCodeIn(text), text };
  expect(classifyBounce(refusal)).toEqual({ bounce, reason });
});

test.each([
  ['550 5.1.1 no', '5.1.1'],
  ['550-5.1.1 no', '5.1.1'],
  ['550 #5.1.1 no', '5.1.1'],
  ['5.1.1 no', '5.1.1'],
  ['[#5.2.2] full', '5.2.2'],
  ['host 5.1.1.9 said no', undefined],
  ['version 4.0.12 of the filter', undefined],
  ['550 5.1 no', undefined],
])('the enhanced code in "%s" is %s', (text, code) => {
  expect(enhancedCodeIn(text)).toBe(code);
});
