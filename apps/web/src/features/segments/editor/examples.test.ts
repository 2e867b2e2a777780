import { checkDefinition } from '@perennial/conditions';
import type { SegmentVocabulary } from '@perennial/contracts';
import { expect, test } from 'vitest';
import { vocabularyOf } from '../../conditions/vocabulary.ts';
import { examplesOf } from './examples.ts';
import { readBoard } from './read-board.ts';

const given: SegmentVocabulary = {
  fields: [],
  event_types: [],
  channels: [{ key: 'email', states: ['reachable'] }],
  categories: [],
  segments: [],
  workflows: [],
  messages: [],
  tags: [],
  apps: [],
  time_zone: 'UTC',
  currency: 'EUR',
};
const type = (key: string) => ({ key, name: key, category: '', params: [] });
const vocabularyWith = (event_types: SegmentVocabulary['event_types']) =>
  vocabularyOf(
    { ...given, event_types },
    { channel: (key) => key, value: (_field, value) => value },
  );
const t = (id: string) => id;

test.each([[[]], [[type('BadgeWon'), type('AppOpened')]]])(
  'every example passes and is shown as cards, of events %j',
  (events) => {
    const vocabulary = vocabularyWith(events);
    for (const { id, definition } of examplesOf(vocabulary, t)) {
      expect(checkDefinition(definition, vocabulary.check), id).toMatchObject({ ok: true });
      expect(readBoard(definition), id).toBeDefined();
    }
  },
);

test('examples of activity are about the event of opening, where there is one', () => {
  const silent = examplesOf(vocabularyWith([type('BadgeWon'), type('AppOpened')]), t)[0];
  expect(silent?.definition['include']).toMatchObject({ event: 'AppOpened' });
  expect(examplesOf(vocabularyWith([]), t).map(({ id }) => id)).not.toContain('silent');
});
