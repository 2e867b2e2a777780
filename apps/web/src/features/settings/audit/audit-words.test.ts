import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { catalogue, type TextId } from '../../../app/catalogue.ts';
import { actionWords, kindWords, objectKinds, saidName } from './audit-words.ts';

const t = (id: TextId): string => catalogue[id];

const server = join(import.meta.dirname, '../../../../../server/src');
const code = readdirSync(server, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .map((file) => readFileSync(join(server, file), 'utf8'))
  .join('\n');

test('every action that the server records has words', () => {
  const recorded = [...code.matchAll(/\baction: '([a-z_]+\.[a-z_.]+)'/g)].map(
    ([, name = '']) => name,
  );
  expect(recorded.length).toBeGreaterThan(60);
  expect(recorded.filter((action) => actionWords(t, action) === action)).toEqual([]);
});

test('every kind of object can be asked for, and has its word', () => {
  const ofActions = Object.keys(catalogue)
    .filter((id) => id.startsWith('settings.audit.kind.'))
    .map((id) => id.replace('settings.audit.kind.', ''));
  expect(ofActions.toSorted()).toEqual([...objectKinds].toSorted());
  expect(kindWords(t, 'event_type')).toBe('Event type');
});

test('what a newer version records is told by its own name', () => {
  expect(actionWords(t, 'rocket.launch')).toBe('rocket.launch');
  expect(kindWords(t, 'moon_base')).toBe('moon base');
});

const object = { kind: 'key', id: '1' };

test.each([
  ['a new name', { object, before: { name: 'Old' }, after: { name: 'New' } }, 'New'],
  ['the last name of what is deleted', { object, before: { name: 'Gone' }, after: null }, 'Gone'],
  ['a label', { object, before: null, after: { key: 'plan', label: 'Plan' } }, 'Plan'],
  [
    'whom a call made, before the contact has an ID',
    { object: { kind: 'contact', id: null }, before: null, after: { external_id: 'u-1' } },
    'u-1',
  ],
  ['nothing', { object, before: null, after: { rights: ['member'] } }, undefined],
  [
    'the address of a suppression',
    { object: { kind: 'suppression', id: 'email a@example.com' }, before: null, after: null },
    'email a@example.com',
  ],
])('an entry tells %s', (_case, entry, name) => {
  expect(saidName(entry)).toBe(name);
});
