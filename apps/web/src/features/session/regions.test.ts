import { expect, test } from 'vitest';
import { formatNames, zoneNames } from './regions.ts';

const values = (choices: { value: string }[]) => choices.map((choice) => choice.value);

test('the zone in use can be chosen even where the runtime calls it otherwise', () => {
  expect(values(zoneNames('Europe/Kyiv'))).toContain('Europe/Kyiv');
  expect(values(zoneNames('Asia/Calcutta'))).toContain('Asia/Calcutta');
});

test('UTC leads, and no zone stands there twice', () => {
  const zones = values(zoneNames('UTC'));
  expect(zones[0]).toBe('UTC');
  expect(new Set(zones).size).toBe(zones.length);
});

test('the format in use is among those offered', () => {
  expect(values(formatNames('fr-BE'))[0]).toBe('fr-BE');
  expect(values(formatNames('de-DE')).filter((tag) => tag === 'de-DE')).toHaveLength(1);
});
