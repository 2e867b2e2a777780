import { expect, test } from 'vitest';
import { checkDefinition } from './check/check-definition.ts';
import { fieldCatalogue } from './fields.ts';
import { mentions } from './mentions.ts';

const fields = fieldCatalogue({ plan: 'text' });

function mentionsOf(include: unknown, exclude?: unknown): string[] {
  const input = { language: 1, include, ...(exclude ? { exclude } : {}) };
  const checked = checkDefinition(input, { fields });
  if (!checked.ok) throw new Error(JSON.stringify(checked.issues));
  return [...mentions(checked.value)].sort();
}

test.each<[string, unknown, string[]]>([
  ['everyone', { type: 'everyone' }, []],
  ['a field', { type: 'field', field: 'custom.plan', op: 'is_set' }, ['field:custom.plan']],
  [
    'what devices run, shown as a field',
    { type: 'field', field: 'device_platform', op: 'has_any', value: ['iOS'] },
    ['device', 'field:device_platform'],
  ],
  ['an event', { type: 'event', event: 'Workout' }, ['event:Workout']],
  [
    'an event in the contact’s zone',
    { type: 'event', event: 'Workout', period: { kind: 'today', zone: 'contact' } },
    ['event:Workout', 'field:time_zone'],
  ],
  [
    'a date in the contact’s zone, within a filter',
    {
      type: 'event',
      event: 'Workout',
      where: { not: { param: 'd', op: 'on', value: '2026-01-01', zone: 'contact' } },
    },
    ['event:Workout', 'field:time_zone'],
  ],
  ['messages', { type: 'message', action: 'sent' }, ['message:sent']],
  [
    'messages that were not opened',
    {
      type: 'message',
      action: 'delivered',
      where: { param: 'opened', op: 'equals', value: false },
    },
    ['message:delivered', 'message:opened'],
  ],
  ['a segment', { type: 'segment', segment: '12' }, ['segment:12']],
  ['a channel', { type: 'channel', channel: 'email', state: 'absent' }, ['channel']],
  ['a category', { type: 'category', category: 'news' }, ['category']],
  ['a device', { type: 'device', where: { param: 'app', op: 'is_set' } }, ['device']],
  ['a workflow', { type: 'workflow', workflow: '7', state: 'entered' }, ['workflow:7']],
  ['orders', { type: 'order' }, ['order']],
])('%s', (_case, include, keys) => {
  expect(mentionsOf(include)).toEqual(keys);
});

test('both columns and all depths are looked at', () => {
  const include = {
    any: [{ type: 'segment', segment: '1' }, { not: { type: 'segment', segment: '2' } }],
  };
  expect(mentionsOf(include, { type: 'order' })).toEqual(['order', 'segment:1', 'segment:2']);
});
