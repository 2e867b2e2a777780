/** What each vendor documents that it answers, and what that means. */
import { expect, test } from 'vitest';
import type { HttpAnswer } from '../../http/http-port.ts';
import { retryAfter } from '../../http/retry-after.ts';
import { readMailgunAnswer } from '../mailgun/mailgun-answer.ts';
import { readPostmarkAnswer } from '../postmark/postmark-answer.ts';
import { readBatch, readResendAnswer } from '../resend/resend-answer.ts';
import { readSendgridAnswer } from '../sendgrid/sendgrid-answer.ts';
import { readSesAnswer } from '../ses/ses-answer.ts';

const now = new Date('2026-03-02T10:00:00Z');
const inSeconds = (seconds: number) => new Date(now.getTime() + seconds * 1_000);

function answer(status: number, body: unknown = '', headers: Record<string, string> = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { status, headers, body: text, cut: false } satisfies HttpAnswer;
}

const refused = { kind: 'deferred', providerTrouble: true, pause: 'refused' };
const throttled = { kind: 'deferred', providerTrouble: true, pause: 'throttled' };
const failing = { kind: 'deferred', providerTrouble: true, reason: 'provider failed' };
const unverified = { kind: 'deferred', providerTrouble: true, reason: 'sender not verified' };
const rejected = { kind: 'rejected', reason: 'rejected' };
const noAddress = { kind: 'rejected', reason: 'address not valid' };
const uncertain = { kind: 'uncertain' };

test.each([
  [400, 'TooManyRequestsException', 'Maximum sending rate exceeded.', throttled, 1],
  [429, 'TooManyRequestsException', 'Maximum sending rate exceeded.', throttled, 1],
  [400, 'ThrottlingException', 'Daily message quota exceeded.', throttled, 900],
  [400, 'LimitExceededException', 'Too many.', throttled, 900],
  [400, 'AccountSuspendedException', 'Restricted.', refused],
  [400, 'SendingPausedException', 'Paused.', refused],
  [404, 'NotFoundException', 'Configuration set <x> does not exist.', refused],
  [400, 'MailFromDomainNotVerifiedException', 'No.', unverified],
  [400, 'MessageRejected', 'Email address is not verified. The following ...', unverified],
  [400, 'MessageRejected', 'Contains a virus.', rejected],
  [400, 'BadRequestException', 'Illegal address', noAddress],
  [400, 'BadRequestException', 'Missing final "@domain"', noAddress],
  [400, 'BadRequestException', 'The raw message is not valid.', rejected],
  [403, 'SignatureDoesNotMatch', 'The signature ...', refused],
  [403, 'InvalidClientTokenId', 'The security token ...', refused],
  [403, 'ExpiredTokenException', 'The security token is expired', refused],
  [403, 'AccessDeniedException', 'not authorized to perform ses:SendEmail', refused],
  [500, 'InternalFailure', 'Try later.', failing],
  [503, 'ServiceUnavailable', 'Try later.', failing],
])('SES: %i %s, "%s"', (status, code, message, expected, seconds?: number) => {
  const headers = { 'x-amzn-errortype': `${code}:http://internal.amazon.com/` };
  const outcome = readSesAnswer(answer(status, { message }, headers), { now });
  expect(outcome).toMatchObject(seconds ? { ...expected, until: inSeconds(seconds) } : expected);
  const inBody = answer(status, { __type: `com.amazonaws.sesv2#${code}`, message });
  expect(readSesAnswer(inBody, { now })).toMatchObject(expected);
});

test.each([
  [400, [{ message: 'Does not contain a valid address.', field: 'from.email' }], rejected],
  [400, [{ message: 'Invalid.', field: 'personalizations.0.to.0.email' }], noAddress],
  [400, [{ message: 'The subject is required.', field: 'subject' }], rejected],
  [401, [{ message: 'Maximum credits exceeded', field: null }], refused],
  [403, [{ message: 'does not match a verified Sender Identity', field: 'from' }], unverified],
  [403, [{ message: 'access forbidden', field: null }], refused],
  [413, [{ message: 'too large' }], { kind: 'rejected', reason: 'message too large' }],
  [429, [{ message: 'too many requests' }], throttled],
  [500, null, failing],
  [200, null, uncertain],
  [302, null, refused],
])('SendGrid: %i %j', (status, errors, expected) => {
  expect(readSendgridAnswer(answer(status, { errors }), { now })).toMatchObject(expected);
});

test.each([
  [400, "'to' parameter is not a valid address. please check documentation", noAddress],
  [400, "'from' parameter is missing", rejected],
  [400, 'Domain mg.shop.example is not allowed to send: disabled', refused],
  [401, 'Forbidden', refused],
  [402, 'Payment required', refused],
  [403, 'Domain is not allowed to send: The domain is unverified', refused],
  [404, 'Domain not found: mg.shop.example', refused],
  [413, 'Request entity too large', { kind: 'rejected', reason: 'message too large' }],
  [429, 'Too many requests', throttled],
  [420, 'Domain is not allowed to send: recipient limit exceeded', throttled],
  [403, 'Domain is not allowed to send: recipient limit exceeded, try again later', throttled],
  [500, 'Internal Server Error', failing],
  [504, 'Gateway Timeout', uncertain],
])('Mailgun: %i "%s"', (status, message, expected) => {
  expect(readMailgunAnswer(answer(status, { message }), { now })).toMatchObject(expected);
  // Some of them come as plain text.
  expect(readMailgunAnswer(answer(status, message), { now })).toMatchObject(expected);
});

test.each([
  [401, 10, 'Bad or missing API token', refused],
  [503, 100, 'Maintenance', failing],
  [422, 300, "Invalid 'To' address: 'x'.", noAddress],
  [422, 300, 'Invalid email request', rejected],
  [422, 400, 'Sender signature not found', unverified],
  [422, 401, 'Sender signature not confirmed', unverified],
  [422, 402, 'Invalid JSON', rejected],
  [422, 405, 'Not allowed to send', refused],
  [422, 406, 'Inactive recipient', { kind: 'rejected', bounce: 'blocked' }],
  [422, 409, 'JSON required', rejected],
  [422, 411, 'Forbidden attachment type', rejected],
  [422, 412, 'Account is pending', refused],
  [422, 413, 'Account may not send', refused],
  [429, 429, 'Rate limit exceeded', throttled],
  [422, 1235, "The message stream 'x' was not found.", refused],
  [500, 0, 'Internal server error', failing],
])('Postmark: %i, error %i "%s"', (status, ErrorCode, Message, expected) => {
  const outcome = readPostmarkAnswer(answer(status, { ErrorCode, Message }), { now });
  expect(outcome).toMatchObject(expected);
});

test.each([
  [401, 'missing_api_key', 'Missing API key.', refused],
  [401, 'restricted_api_key', 'This API key is restricted to only send emails.', refused],
  [403, 'invalid_api_key', 'API key is invalid.', refused],
  [403, 'validation_error', 'The shop.example domain is not verified.', unverified],
  [403, 'validation_error', 'You can only send testing emails to your own address.', unverified],
  [422, 'validation_error', 'Invalid `to` field.', noAddress],
  [422, 'missing_required_field', 'Missing `subject` field.', rejected],
  [409, 'concurrent_idempotent_requests', 'In progress.', uncertain],
  [409, 'invalid_idempotent_request', 'Another payload.', { kind: 'accepted' }],
  [429, 'rate_limit_exceeded', 'Too many requests.', throttled],
  [429, 'daily_quota_exceeded', 'You have reached your daily quota.', throttled],
  [451, 'security_error', 'We may have found a security issue.', rejected],
  [500, 'application_error', 'An unexpected error.', failing],
])('Resend: %i %s, "%s"', (statusCode, name, message, expected) => {
  const outcome = readResendAnswer(answer(statusCode, { statusCode, name, message }), { now });
  expect(outcome).toMatchObject(expected);
});

test('a batch whose answer does not add up is not believed', () => {
  const taken = (body: unknown) =>
    readBatch(answer(200, body), { count: 2, now })?.map(({ kind }) => kind);
  expect(taken({ data: [{ id: 'a' }, { id: 'b' }] })).toEqual(['accepted', 'accepted']);
  for (const body of [{ data: [{ id: 'a' }] }, { data: 'x' }, {}, { data: [], errors: {} }]) {
    expect(taken(body)).toEqual(['uncertain', 'uncertain']);
  }
});

test.each([
  [{ 'retry-after': '30' }, 30],
  [{ 'retry-after': 'Mon, 02 Mar 2026 10:00:45 GMT' }, 45],
  // Its clock is an hour ahead; the difference counts.
  [
    {
      'retry-after': 'Mon, 02 Mar 2026 11:00:20 GMT',
      date: 'Mon, 02 Mar 2026 11:00:00 GMT',
    },
    20,
  ],
  [{ 'x-ratelimit-reset': String(Date.parse('2026-03-02T10:01:00Z') / 1_000) }, 60],
  [{ 'ratelimit-reset': '7' }, 7],
  [{ 'retry-after': '-5' }, 1],
  [{ 'retry-after': '0' }, 1],
  [{ 'retry-after': '99999999' }, 6 * 3_600],
  [{ 'retry-after': 'Mon, 02 Mar 2099 10:00:00 GMT' }, 6 * 3_600],
])('%j asks for a pause of %i seconds', (headers, seconds) => {
  expect(retryAfter(answer(429, '', headers as Record<string, string>), { now })).toEqual(
    inSeconds(seconds),
  );
});

test.each([{}, { 'retry-after': 'soon' }, { 'retry-after': '' }])('%j says nothing', (headers) => {
  expect(retryAfter(answer(429, '', headers as Record<string, string>), { now })).toBeUndefined();
});
