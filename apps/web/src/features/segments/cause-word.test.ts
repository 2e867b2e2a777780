import { expect, test } from 'vitest';
import { catalogue } from '../../app/catalogue.ts';
import { causeSentence } from './cause-word.ts';

const texts: Record<string, string> = catalogue;
const t = (id: string, values: Record<string, unknown> = {}) =>
  (texts[id] ?? id).replaceAll(/\{(\w+)\}/g, (_all, name: string) => String(values[name]));

test.each<[string, string | null, string]>([
  ['data', 'event:WorkoutCompleted', 'WorkoutCompleted happened'],
  ['data', 'field:custom.plan', 'Field plan changed'],
  ['data', 'device', 'A device changed'],
  ['data', null, 'What happened to the contact'],
  ['data', 'everything', 'What happened to the contact'],
  ['past_event', 'event:Opened:twice', 'A past event arrived: Opened:twice happened'],
  ['time', null, 'Time passed'],
  ['manual', null, 'By hand'],
  ['something_new', null, 'something_new'],
])('%s by %s', (cause, by, said) => {
  expect(causeSentence(cause, by, t)).toBe(said);
});
