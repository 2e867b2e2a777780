import { gzipSync } from 'node:zlib';
import { row, type Row } from './row.ts';

const EVENT = 'POST /api/v3/event';
const CONTACT = 'POST /api/v1/contact';
const event = { eventTypeKey: 'Opened', params: { externalCustomerId: 'u1' } };
const json = JSON.stringify(event);
const STORED = ['contact u1', 'Opened {"externalCustomerId":"u1"}'];

/** An event whose text is exactly so long. */
function eventOf(bytes: number): string {
  const start = `${json.slice(0, -1)},"pad":"`;
  return `${start}${'x'.repeat(bytes - start.length - 2)}"}`;
}

export const restBodyRows: Row[] = [
  row('no REST body', EVENT, '', 400, 'The body must be a JSON object.'),
  row('no JSON in a REST body', EVENT, 'eventTypeKey=Opened', 400, /not valid JSON/),
  row('REST JSON cut off', EVENT, json.slice(0, -2), 400, /JSON at position \d+/),
  row('a REST body of null', EVENT, 'null', 400, 'The body must be a JSON object.'),
  row('a REST body that is an array', EVENT, [event], 400, 'The body must be a JSON object.'),
  row('a contact that is an array', CONTACT, [{ externalCustomerId: 'u1' }], 400, /^the body: /),
  row('a contact that is a text', CONTACT, '"u1"', 400, /^the body: /),
  row(
    'REST objects nested beyond 128 levels',
    EVENT,
    `${'{"a":'.repeat(200)}1${'}'.repeat(200)}`,
    400,
    'At most 128 levels are read.',
  ),
  row('a REST body with a byte order mark', EVENT, `\ufeff${json}`, 200, '', { stored: STORED }),
  row('a REST body in UTF-16', EVENT, Buffer.from(json, 'utf16le'), 400, /JSON/),
  row('an event of exactly 20 KB', EVENT, eventOf(20 * 1024), 200, '', { stored: STORED }),
  row(
    'an event of 20 KB and one byte',
    EVENT,
    eventOf(20 * 1024 + 1),
    400,
    'The body is larger than 20 KB.',
  ),
  row(
    'a contact of 2 MB',
    CONTACT,
    { externalCustomerId: 'u1', pad: 'x'.repeat(2_000_000) },
    400,
    'The body is larger than 1 MB.',
  ),
  row('a form', EVENT, json, 415, 'Send application/json; charset=UTF-8.', {
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  }),
  row('text/plain', EVENT, json, 415, undefined, { headers: { 'content-type': 'text/plain' } }),
  row('a REST content type that is none', EVENT, json, 415, undefined, {
    headers: { 'content-type': ';;;' },
  }),
  row('another charset', EVENT, json, 200, '', {
    headers: { 'content-type': 'application/json; charset=utf-16' },
    stored: STORED,
  }),
  row('gzip where nothing is packed', EVENT, json, 400, undefined, {
    headers: { 'content-encoding': 'gzip' },
  }),
  row(
    'gzip that unpacks to 50 MB, by REST',
    EVENT,
    gzipSync(Buffer.alloc(50_000_000, 0x20)),
    400,
    undefined,
    { headers: { 'content-encoding': 'gzip' } },
  ),
  row('a packing nobody knows, by REST', EVENT, json, 415, undefined, {
    headers: { 'content-encoding': 'lzma' },
  }),
  row('no key', EVENT, event, 401, 'Unknown API key: send it as the password of Basic auth.', {
    as: 'nobody',
  }),
  row('a write key', EVENT, event, 401, undefined, { as: 'wrong kind of key' }),
  row('a Bearer token that is none', EVENT, event, 401, undefined, {
    headers: { authorization: 'Bearer eyJhbGciOiJub25lIn0.e30.' },
  }),
  row('a password that is SQL', EVENT, event, 401, undefined, {
    headers: { authorization: `Basic ${Buffer.from("a:' or 1=1 --").toString('base64')}` },
  }),
  row('a password with a NUL', EVENT, event, 401, undefined, {
    headers: { authorization: `Basic ${Buffer.from('a:b\0').toString('base64')}` },
  }),
  row('the key as the user name', EVENT, event, 401, undefined, {
    headers: { authorization: `Basic ${Buffer.from('per_rest_0000:').toString('base64')}` },
  }),
  row('GET of an event', 'GET /api/v3/event', undefined, 405, 'This call takes POST.'),
  row('PATCH of a contact', 'PATCH /api/v1/contact/1', {}, 405, /^This call takes /),
  row('a REST call that does not exist', 'POST /api/v1/contactz', {}, 404, /There is no such call/),
  row('a version that does not exist', 'POST /api/v9/event', event, 404, /There is no such call/),
  row('a REST path with broken escapes', 'POST /api/v1/%zz', {}, 400),
  row(
    'a REST path that climbs',
    'GET /api/v1/contact/..%2f..%2fetc%2fpasswd',
    undefined,
    400,
    /^id: /,
  ),
];
