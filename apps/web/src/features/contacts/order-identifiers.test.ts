import { expect, test } from 'vitest';
import { orderIdentifiers } from './order-identifiers.ts';

test('what people know stands before devices, each as new as it was', () => {
  const of = (kind: string, value: string) => ({
    kind,
    value,
    set_at: '2026-01-01T00:00:00.000Z',
    source: 'sdk',
    retired: false,
  });
  const given = [
    of('device_id', 'd2'),
    of('email', 'a@b.example'),
    of('device_id', 'd1'),
    of('external_id', 'new'),
    of('external_id', 'old'),
  ];
  expect(orderIdentifiers(given).map(({ value }) => value)).toEqual([
    'new',
    'old',
    'a@b.example',
    'd2',
    'd1',
  ]);
});
