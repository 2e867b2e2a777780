import { beforeAll, expect, test } from 'vitest';
import { forgetJobs } from '../../jobs/index.ts';
import { doSlice } from '../../jobs/do-work.ts';
import { longWork } from '../../main/long-work.ts';
import { testContacts } from '../test-contacts.ts';
import { csvRow } from './csv.ts';

const { call, pool, send, identify, idOf, finishJob, addKey, clock } = await testContacts();

beforeAll(async () => {
  await send([
    identify(
      [
        ['external_id', 'u1'],
        ['email', 'ada@example.com'],
        ['phone', '+380501234567'],
      ],
      { first_name: '=HYPERLINK("http://evil")', last_name: 'a, "b"\nc', 'custom.debt': -5 },
    ),
    identify([['external_id', 'u2']], { first_name: 'Їжак' }),
  ]);
});

async function begin(body: object = {}) {
  return call('POST', '/exports', { body: { selection: {}, ...body } });
}

async function download(id: string) {
  return call('GET', `/exports/${id}/file`);
}

test('an export has the chosen columns of all contacts, and no formula', async () => {
  const columns = [
    'external_id',
    'first_name',
    'last_name',
    'phone',
    'email_status',
    'custom.debt',
  ];
  const { status, body } = await begin({ columns, separator: ';' });
  expect(status).toBe(201);
  expect(body).toMatchObject({ total: 2, file: null });
  expect((await download(body.id)).status).toBe(409);
  await finishJob(body.id);
  const { body: done } = await call('GET', `/exports/${body.id}`);
  expect(done).toMatchObject({ state: 'done', done: 2, file: { rows: 2 } });
  const file = await download(body.id);
  expect(file.headers['content-disposition']).toContain(done.file.name);
  expect(file.body).toBe(
    `\u{feff}${columns.join(';')}\r\n` +
      `u1;"'=HYPERLINK(""http://evil"")";"a, ""b""\nc";+380501234567;subscribed;-5\r\n` +
      'u2;Їжак;;;;\r\n',
  );
});

test('an export without columns has all of them', async () => {
  const { body } = await begin({ selection: { search: 'extid:u2' } });
  await finishJob(body.id);
  const [head = '', row = ''] = String((await download(body.id)).body).split('\r\n');
  const cells = new Map(head.split(',').map((name, n) => [name, row.split(',')[n]]));
  expect(cells.get('external_id')).toBe('u2');
  expect(cells.get('source')).toBe('identify');
  expect(cells.has('custom.debt')).toBe(true);
});

test('an export without anybody has its head', async () => {
  const { body } = await begin({ columns: ['id'], selection: { deleted: true } });
  await finishJob(body.id);
  expect((await download(body.id)).body).toBe('\u{feff}id\r\n');
});

test('an export has who matched when it began, but for those who were deleted since', async () => {
  await send([
    identify([['external_id', 'stays']], { city: 'Odesa' }),
    identify([['external_id', 'moves']], { city: 'Odesa' }),
    identify([['external_id', 'goes']], { city: 'Odesa' }),
  ]);
  const filter = { type: 'field', field: 'city', op: 'equals', value: 'Odesa' };
  const { body } = await begin({ columns: ['external_id'], selection: { filter } });
  const { signal: stopping } = new AbortController();
  await doSlice({ pool, kinds: longWork, clock: clock.now, stopping }, { id: Number(body.id) });
  await send([identify([['external_id', 'moves']], { city: 'Lviv' })]);
  await call('DELETE', `/contacts/${await idOf('goes')}`);
  await finishJob(body.id);
  expect((await download(body.id)).body).toBe('\u{feff}external_id\r\nstays\r\nmoves\r\n');
});

test('a file is kept for three days', async () => {
  const { body } = await begin({ columns: ['id'] });
  await finishJob(body.id);
  clock.advance(3 * 86_400_000);
  await forgetJobs(pool, { filesBefore: clock.now(), jobsBefore: new Date(0) });
  expect((await download(body.id)).status).toBe(410);
  expect((await call('GET', `/exports/${body.id}`)).body.file).toBeNull();
});

test('an export takes its right and that to see personal data', async () => {
  const as = await addKey({ rights: ['contacts.read', 'contacts.export'] });
  const body = { selection: {}, columns: ['id'] };
  expect((await call('POST', '/exports', { as, body })).status).toBe(403);
  const { status, body: problem } = await begin({ columns: ['id', 'password'] });
  expect({ status, path: problem.errors[0].path }).toEqual({ status: 400, path: '/columns/1' });
});

test.each([
  ['=1+1', "'=1+1"],
  ['@cmd', "'@cmd"],
  ['-2+3', "'-2+3"],
  ['-2.5', '-2.5'],
  ['+380501234567', '+380501234567'],
  ['\tx', "'\tx"],
  ['a"b', '"a""b"'],
  ['a,b', '"a,b"'],
  ['', ''],
])('the cell %j is written as %j', (value, written) => {
  expect(csvRow([value], ',')).toBe(`${written}\r\n`);
});
