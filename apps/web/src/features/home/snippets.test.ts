import { expect, test } from 'vitest';
import { snippet } from './snippets.ts';

const place = { origin: 'http://127.0.0.1:7070', writeKey: 'per_write_abc' };

test.each(['curl', 'node', 'browser'] as const)(
  'the %s snippet holds the key and the host',
  (kind) => {
    const code = snippet(kind, place);
    expect(code).toContain('per_write_abc');
    expect(code).toContain('127.0.0.1:7070');
  },
);

test('the body that the terminal sends is JSON', () => {
  const body = /-d '([\s\S]*)'$/.exec(snippet('curl', place))?.[1] ?? '';
  expect(JSON.parse(body)).toMatchObject({ batch: [{ type: 'identify' }, { type: 'track' }] });
});

test('a page served over https talks https', () => {
  expect(snippet('browser', { ...place, origin: 'https://p.example' })).toContain(
    "protocol: 'https'",
  );
});
