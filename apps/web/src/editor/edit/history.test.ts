import { expect, test } from 'vitest';
import { historyOf, record, redo, undo } from './history.ts';

test('undo brings back what was, redo what was undone', () => {
  const two = record(record(historyOf('a'), 'b', { at: 1 }), 'c', { at: 2 });
  expect(undo(two).present).toBe('b');
  expect(undo(undo(two)).present).toBe('a');
  expect(redo(undo(two)).present).toBe('c');
  expect(undo(historyOf('a')).present).toBe('a');
  expect(redo(historyOf('a')).present).toBe('a');
});

test('an edit after an undo drops what was undone', () => {
  const back = undo(record(historyOf('a'), 'b', { at: 1 }));
  expect(redo(record(back, 'c', { at: 2 })).present).toBe('c');
});

test('edits of one group that follow closely are one', () => {
  const typing = ['h', 'he', 'hey'].reduce(
    (history, text, index) => record(history, text, { group: 'note', at: 1_000 + index * 400 }),
    historyOf(''),
  );
  expect(undo(typing).present).toBe('');
  const later = record(typing, 'hey you', { group: 'note', at: 9_000 });
  expect(undo(later).present).toBe('hey');
  const elsewhere = record(typing, 'moved', { group: 'move', at: 1_900 });
  expect(undo(elsewhere).present).toBe('hey');
});

test('what was undone is never part of the next group', () => {
  const typed = record(historyOf(''), 'a', { group: 'note', at: 100 });
  const again = record(undo(typed), 'b', { group: 'note', at: 200 });
  expect(undo(again).present).toBe('');
});

test('what changes nothing is no edit', () => {
  const history = historyOf('a');
  expect(record(history, 'a', { at: 1 })).toBe(history);
});
