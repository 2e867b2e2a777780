import { gzipSync } from 'node:zlib';
import { row, type Row } from './row.ts';

const TRACK = 'POST /v1/track';
const BATCH = 'POST /v1/batch';
const good = { userId: 'u1', event: 'Opened' };
const track = { type: 'track', ...good };

/** The answer that refuses a whole call. */
function refused(path: string, message: string | RegExp): object {
  return { success: false, accepted: 0, errors: [{ index: 0, path, message }] };
}

const json = JSON.stringify(good);
const STORED = ['contact u1', 'Opened'];
const GZIP = { 'content-encoding': 'gzip' };

/** A batch whose text is exactly so long. */
function batchOf(bytes: number): string {
  const start = `{"batch":[${JSON.stringify(track)}],"pad":"`;
  return `${start}${'x'.repeat(bytes - start.length - 2)}"}`;
}

export const trackingRequestRows: Row[] = [
  row('no body', TRACK, '', 400, refused('', 'The body must be a JSON object.')),
  row('no JSON', TRACK, 'userId=u1&event=Opened', 400, /not valid JSON/),
  row('JSON cut off', TRACK, json.slice(0, -1), 400, /JSON at position \d+/),
  row('JSON with something behind it', TRACK, `${json};`, 400, /after JSON at position/),
  row('single quotes', TRACK, "{'userId':'u1'}", 400, /JSON at position 1/),
  row('a trailing comma', TRACK, '{"userId":"u1",}', 400, /JSON at position 15/),
  row('a comment in JSON', TRACK, '{/**/"userId":"u1"}', 400, /JSON at position 1/),
  row('NaN as a number', TRACK, '{"userId":NaN}', 400, /JSON/),
  row('undefined as a value', TRACK, '{"userId":undefined}', 400, /JSON/),
  row('a bare NUL', TRACK, '{"userId":"\0"}', 400, /control character/),
  row('null', TRACK, 'null', 400, refused('', 'The body must be a JSON object.')),
  row('a number', TRACK, '7', 400, refused('', 'The body must be a JSON object.')),
  row('a text', TRACK, '"track"', 400, refused('', 'The body must be a JSON object.')),
  row('true', TRACK, 'true', 400, refused('', 'The body must be a JSON object.')),
  row('an array', TRACK, [good], 400, refused('', 'The body must be a JSON object.')),
  row('an empty object', TRACK, {}, 400, refused('userId', 'or anonymousId is required')),
  row(
    'a million brackets',
    TRACK,
    '['.repeat(400_000),
    400,
    refused('', 'At most 128 levels are read.'),
  ),
  row(
    'objects nested beyond 128 levels',
    TRACK,
    `${'{"a":'.repeat(129)}1${'}'.repeat(129)}`,
    400,
    refused('', 'At most 128 levels are read.'),
  ),
  row(
    'properties 100 levels deep',
    TRACK,
    `{"userId":"u1","event":"Opened","properties":${'{"a":'.repeat(100)}1${'}'.repeat(100)}}`,
    200,
    { success: true },
    { stored: ['contact u1', /^Opened \{"a":\{"a":/] },
  ),
  row('a byte order mark', TRACK, `\ufeff${json}`, 200, { success: true }, { stored: STORED }),
  row('UTF-16', TRACK, Buffer.from(json, 'utf16le'), 400, /JSON/),
  row(
    'Latin-1 in a text',
    TRACK,
    Buffer.from('{"userId":"u1","event":"Opened","properties":{"a":"\xe9"}}', 'latin1'),
    200,
    { success: true },
    { stored: ['contact u1', 'Opened {"a":"\ufffd"}'] },
  ),
  row(
    'JSON that claims to be a form',
    TRACK,
    json,
    200,
    { success: true },
    {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      stored: STORED,
    },
  ),
  row(
    'JSON as text, as beacons send it',
    TRACK,
    json,
    200,
    { success: true },
    {
      headers: { 'content-type': 'text/plain;charset=UTF-8' },
      stored: STORED,
    },
  ),
  row(
    'a content type that is none',
    TRACK,
    json,
    400,
    refused('', 'The header Content-Type is none; send application/json.'),
    { headers: { 'content-type': ';;;' } },
  ),
  row(
    'gzip that unpacks to 50 MB',
    BATCH,
    gzipSync(Buffer.alloc(50_000_000, 0x20)),
    400,
    refused('', 'The body is not gzip, or larger than 500 KB unpacked.'),
    { headers: GZIP },
  ),
  row('gzip within gzip', TRACK, gzipSync(gzipSync(json)), 400, /JSON/, { headers: GZIP }),
  row('gzip that is cut off', TRACK, gzipSync(json).subarray(0, 20), 400, /not gzip/, {
    headers: GZIP,
  }),
  row('text that claims to be gzip', TRACK, json, 400, /not gzip/, { headers: GZIP }),
  row('a packing nobody knows', TRACK, json, 400, refused('', 'Pack the body with gzip, or not.'), {
    headers: { 'content-encoding': 'zstd' },
  }),
  row('two packings', TRACK, json, 400, refused('', 'Pack the body with gzip, or not.'), {
    headers: { 'content-encoding': 'gzip, gzip' },
  }),
  row(
    'GZIP in capitals',
    TRACK,
    gzipSync(json),
    200,
    { success: true },
    {
      headers: { 'content-encoding': 'GZIP' },
      stored: STORED,
    },
  ),
  row(
    'a batch of exactly 500 KB',
    BATCH,
    batchOf(500 * 1024),
    200,
    { success: true },
    {
      stored: STORED,
    },
  ),
  row(
    'a batch of 500 KB and one byte',
    BATCH,
    batchOf(500 * 1024 + 1),
    400,
    refused('', 'The body is larger than 500 KB.'),
  ),
  row(
    'a batch of 10 MB',
    BATCH,
    batchOf(10_000_000),
    400,
    refused('', 'The body is larger than 500 KB.'),
  ),
  row(
    'a batch of 2,500 items',
    BATCH,
    { batch: Array.from({ length: 2500 }, () => track) },
    200,
    { success: true },
    { stored: ['contact u1', ...Array.from({ length: 2500 }, () => 'Opened')] },
  ),
  row(
    'a batch of 2,501 items',
    BATCH,
    { batch: Array.from({ length: 2501 }, () => track) },
    400,
    refused('batch', 'holds more than 2500 items'),
  ),
  row('a batch of nothing', BATCH, { batch: [] }, 400, refused('batch', 'is empty')),
  row('no batch', BATCH, {}, 400, refused('batch', 'is required and must be an array')),
  row(
    'a batch that is an object',
    BATCH,
    { batch: { 0: track } },
    400,
    refused('batch', 'is required and must be an array'),
  ),
  row(
    'a batch that is a text',
    BATCH,
    { batch: JSON.stringify([track]) },
    400,
    refused('batch', 'is required and must be an array'),
  ),
  row('a batch in a batch', BATCH, { batch: [[track], { type: 'batch', batch: [track] }] }, 400, {
    accepted: 0,
    errors: [
      {
        index: 0,
        path: 'type',
        message: 'must be one of identify, track, page, screen, group, alias',
      },
      { index: 1, path: 'type' },
    ],
  }),
  row(
    'a batch of what is no object',
    BATCH,
    { batch: [null, 7, 'track', true, track] },
    200,
    {
      success: false,
      accepted: 1,
      errors: [{ index: 0 }, { index: 1 }, { index: 2 }, { index: 3, path: 'type' }],
    },
    { stored: STORED },
  ),
  row(
    'a context of the batch that is no object',
    BATCH,
    { batch: [track], context: 'web' },
    200,
    { success: true },
    { stored: STORED },
  ),
  row(
    'sentAt that is no date',
    BATCH,
    { batch: [track], sentAt: 'now' },
    200,
    { success: true },
    { stored: STORED },
  ),
  row(
    'sentAt that is a number',
    BATCH,
    { batch: [track], sentAt: 1e21 },
    200,
    { success: true },
    { stored: STORED },
  ),
  row(
    'the same member twice: the last counts',
    TRACK,
    '{"userId":"u1","userId":"u2","event":"A","event":"B"}',
    200,
    { success: true },
    { stored: ['contact u2', 'B'] },
  ),

  row('nobody', TRACK, good, 401, { success: false, message: /write key/ }, { as: 'nobody' }),
  row('a REST key', TRACK, good, 401, undefined, { as: 'wrong kind of key' }),
  row('a key that is none', TRACK, good, 401, undefined, {
    headers: { authorization: 'Basic bm9uZTo=' },
  }),
  row('a key in Bearer', TRACK, good, 401, undefined, { headers: { authorization: 'Bearer x' } }),
  row('Basic without anything', TRACK, good, 401, undefined, {
    headers: { authorization: 'Basic ' },
  }),
  row('Basic that is no Base64', TRACK, good, 401, undefined, {
    headers: { authorization: 'Basic ***' },
  }),
  row('a key with a NUL in it', TRACK, good, 401, undefined, {
    headers: { authorization: `Basic ${Buffer.from('a\0b:').toString('base64')}` },
  }),
  row('a key of 8,000 characters', TRACK, good, 401, undefined, {
    headers: { authorization: `Basic ${Buffer.from(`${'k'.repeat(6000)}:`).toString('base64')}` },
  }),
  row("a key that is somebody's SQL", TRACK, { ...good, writeKey: "' or 1=1 --" }, 401, undefined, {
    as: 'nobody',
  }),
  row(
    'a key in the body that is no text',
    TRACK,
    { ...good, writeKey: { $ne: '' } },
    401,
    undefined,
    { as: 'nobody' },
  ),
  row(
    'a wrong key in the body beside a good one',
    TRACK,
    { ...good, writeKey: 'wrong' },
    200,
    { success: true },
    { stored: STORED },
  ),

  row('GET', 'GET /v1/track', undefined, 404),
  row('PUT', 'PUT /v1/track', good, 404),
  row('a call that does not exist', 'POST /v1/tracks', good, 404),
  row('a path in capitals', 'POST /V1/TRACK', good, 404),
  row('a path that climbs', 'POST /v1/../v1/batch/%2e%2e/%2e%2e/etc/passwd', good, 404),
  row('a path with a NUL', 'POST /v1/track%00', good, 404),
  row('a path with broken escapes', 'POST /v1/%zz', good, 400),
  row(
    'a query that says otherwise',
    'POST /v1/track?userId=u9&event=Evil',
    good,
    200,
    { success: true },
    { stored: STORED },
  ),
  row(
    'the first letter as the path',
    'POST /v1/t',
    good,
    200,
    { success: true },
    { stored: STORED },
  ),
  row(
    'the first letter with the type of another call',
    'POST /v1/t',
    { type: 'identify', ...good },
    200,
    { success: true },
    { stored: STORED },
  ),
];
