import { expect, test } from 'vitest';
import { blocksOf } from './draft.ts';
import { canRename, renameBlock, setNote, setPart, setSettings } from './change-block.ts';
import { connect, disconnect, reconnect } from './connect.ts';
import { renameReferences } from './rename-references.ts';
import { waysOf, welcomeDraft } from './test-draft.ts';

const draft = welcomeDraft(true);

test('other settings leave exits, place and note', () => {
  const noted = setNote(draft, 'greet', 'In the tone of the app');
  expect(blocksOf(setSettings(noted, 'greet', { message: '9', ttl: 5 }))['greet']).toEqual({
    type: 'email',
    message: '9',
    ttl: 5,
    exits: { next: 'ask' },
    position: { x: 0, y: 0 },
    note: 'In the tone of the app',
  });
});

test('an empty note is none', () => {
  expect(setNote(setNote(draft, 'greet', 'x'), 'greet', '')).toEqual(draft);
});

test('a part that is taken away is left out', () => {
  expect(setPart(draft, 'stop', undefined)).not.toHaveProperty('stop');
  expect(setPart(draft, 'start', { type: 'manual' })['start']).toEqual({ type: 'manual' });
});

test('a renamed block is called so by all that lead to it and mention it', () => {
  const after = renameBlock(draft, 'greet', 'hello');
  expect(waysOf(after)).toEqual([
    'start>hello',
    'hello.next>ask',
    'ask.yes>done',
    'ask.no>remind',
    'remind.next>done',
  ]);
  expect(blocksOf(after)['ask']).toMatchObject({ condition: { block: 'hello' } });
});

test('a block that leads to itself does so by its new name', () => {
  const loop = { first: 'a', blocks: { a: { type: 'timer', exits: { next: 'a' } } } };
  expect(waysOf(renameBlock(loop, 'a', 'b'))).toEqual(['start>b', 'b.next>b']);
});

test.each(['ask', '', '1st', 'a.b', 'x'.repeat(41), 'greet'])('%j is no new name', (name) => {
  expect(canRename(draft, 'greet', name)).toBe(false);
  expect(renameBlock(draft, 'greet', name)).toBe(draft);
});

test('results are found by the new name wherever they are mentioned', () => {
  const ids = new Map([['call', 'lookup']]);
  const settings = {
    n: { $run: 'call.body.days' },
    other: { $run: 'callback.body' },
    list: [{ type: 'run', param: 'call[0]', op: 'equals', value: 'call' }],
    data: {
      text: 'Call us: {{ run.call.body.name }}, {{ my.run.call }} and {{ run.callback.x }}, run.call',
      code: '{% if run.call.ok %}yes{% endif %}',
    },
  };
  expect(renameReferences(settings, ids)).toEqual({
    n: { $run: 'lookup.body.days' },
    other: { $run: 'callback.body' },
    list: [{ type: 'run', param: 'lookup[0]', op: 'equals', value: 'call' }],
    data: {
      text: 'Call us: {{ run.lookup.body.name }}, {{ my.run.call }} and {{ run.callback.x }}, run.call',
      code: '{% if run.lookup.ok %}yes{% endif %}',
    },
  });
});

test('an exit leads to one block at a time', () => {
  const after = connect(draft, { source: 'ask', exit: 'no' }, 'done');
  expect(waysOf(after)).toContain('ask.no>done');
  expect(waysOf(after)).not.toContain('ask.no>remind');
});

test.each([
  [{ source: 'ask', exit: 'maybe' }, 'done'],
  [{ source: 'nobody', exit: 'next' }, 'done'],
  [{ source: 'done', exit: 'next' }, 'greet'],
  [{ source: 'ask', exit: 'no' }, 'nobody'],
])('%j cannot lead to %s', (way, target) => {
  expect(connect(draft, way, target)).toBe(draft);
});

test('an edge is cut, and either of its ends moved', () => {
  const no = { source: 'ask', exit: 'no' };
  expect(waysOf(disconnect(draft, no))).not.toContain('ask.no>remind');
  const byFailed = reconnect(draft, no, { source: 'greet', exit: 'failed', target: 'remind' });
  expect(waysOf(byFailed)).toContain('greet.failed>remind');
  expect(waysOf(byFailed)).not.toContain('ask.no>remind');
  expect(reconnect(draft, no, { ...no, exit: 'maybe', target: 'done' })).toBe(draft);
});

test('exits that are called otherwise lead where they led, and those that are gone nowhere', () => {
  const choice = {
    blocks: {
      c: { type: 'switch', conditions: [{}, {}], exits: { 1: 'a', 2: 'b', else: 'b' } },
    },
  };
  const swapped = setSettings(choice, 'c', { conditions: [{}, {}] }, { 1: '2', 2: '1' });
  expect(swapped).toHaveProperty('blocks.c.exits', { 2: 'a', 1: 'b', else: 'b' });
  const removed = setSettings(choice, 'c', { conditions: [{}] }, { 1: null, 2: '1' });
  expect(removed).toHaveProperty('blocks.c.exits', { 1: 'b', else: 'b' });
});
