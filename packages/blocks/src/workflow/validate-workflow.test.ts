import { fieldCatalogue } from '@perennial/conditions';
import { describe, expect, test } from 'vitest';
import { validateWorkflow } from './validate-workflow.ts';
import type { UsableMessage, WorkflowWorld } from './world.ts';

const messages: Record<string, UsableMessage> = {
  '1': { channel: 'email', archived: false },
  '2': { channel: 'sms', archived: false },
  '3': { channel: 'email', archived: true },
  '6': { channel: 'email', archived: false, missing_secrets: ['shop'] },
  '5': { channel: 'email', archived: false, confirms: true },
  '4': {
    channel: 'email',
    archived: false,
    variables: [['run', 'ask', 'answer'], ['data', 'code'], ['data']],
  },
};

const world: WorkflowWorld = {
  message: (id) => messages[id],
  fields: fieldCatalogue({ goal: 'text', orders: 'integer' }),
  tag: (id) => id === '5',
  unwritable: (field) => (field === 'email' ? 'The e-mail identifies the contact.' : undefined),
  eventType: (key) => key === 'SignedUp',
  segment: (id) => id === '12' || id === '20',
  list: (id) => id === '20',
  takesEvent: (id) => id === '20',
  workflow: (id) => id === '7',
  category: (key) => key === 'news',
  promoPool: (id) => id === '4',
  secret: (id) => (id === '5' ? 'https://api.example' : undefined),
  channel: (key) => key === 'email',
};

const email = { type: 'email', message: '1' };
const timer = { type: 'timer', wait: { n: 1, unit: 'day' } };

function workflow(values: Record<string, unknown> = {}) {
  return {
    language: 1,
    start: { type: 'event', event: 'SignedUp' },
    first: 'b1',
    blocks: { b1: email },
    ...values,
  };
}

function errorsOf(json: unknown): [path: string, block: string | null][] {
  return validateWorkflow(json, world).errors.map(({ path, block }) => [path, block]);
}

describe('a definition that may be published', () => {
  test('gets the defaults of the language', () => {
    const { definition, errors, warnings } = validateWorkflow(workflow(), world);
    expect(errors).toEqual([]);
    expect(warnings).toEqual([]);
    expect(definition).toMatchObject({
      start: { unique: 'each', max_age: { n: 24, unit: 'hour' } },
      stop: [],
      limits: { reentry: 'always', one_at_a_time: true },
      blocks: { b1: { type: 'email', settings: { message: '1' }, exits: {} } },
    });
  });

  test('may have everything that the language has now', () => {
    const json = workflow({
      start: {
        type: 'event',
        event: 'SignedUp',
        where: { all: [{ param: 'plan', op: 'equals', value: 'pro' }] },
        key: 'order.id',
        unique: { n: 1, unit: 'hour' },
        max_age: { n: 2, unit: 'day' },
      },
      stop: [{ type: 'event', event: 'SignedUp', same_key: true, lookback: { n: 1, unit: 'day' } }],
      limits: { reentry: { n: 7, unit: 'day' }, one_at_a_time: 'contact', send_hours: 'any' },
      blocks: {
        b1: { ...timer, exits: { next: 'b2', failed: 'b5' }, position: { x: 1, y: 2 }, note: 'n' },
        b2: {
          type: 'if',
          condition: {
            any: [
              { type: 'event_param', param: 'plan', op: 'equals', value: 'pro' },
              { type: 'field', field: 'custom.goal', op: 'is_set' },
              { type: 'now', weekdays: [1, 2, 3, 4, 5] },
            ],
          },
          exits: { yes: 'b3', no: 'b4' },
        },
        b3: { type: 'split', weights: { a: 1, b: 1 }, exits: { a: 'b1', b: 'b4' } },
        b4: { type: 'update_fields', increment: { 'custom.orders': 1 }, exits: { next: 'b5' } },
        b5: { type: 'end', reason: 'done' },
      },
    });
    expect(errorsOf(json)).toEqual([]);
  });

  test('may mention an event that nobody has seen yet, with a warning', () => {
    const json = workflow({
      start: { type: 'event', event: 'NotShipped' },
      stop: [{ type: 'event', event: 'NorThis' }],
      blocks: { b1: { type: 'if', condition: { type: 'event', event: 'NorThat' } } },
    });
    expect(validateWorkflow(json, world)).toMatchObject({
      errors: [],
      warnings: [
        { path: '/start/event', block: null },
        { path: '/stop/0/event', block: null },
        { path: '/blocks/b1/condition', block: 'b1' },
      ],
    });
  });

  test('is warned of a confirmation that can reach nobody who needs it', () => {
    const confirm = { type: 'email', message: '5' };
    const json = workflow({
      blocks: {
        b1: { ...confirm, exits: { next: 'b2' } },
        b2: { ...confirm, transactional: true },
      },
    });
    expect(validateWorkflow(json, world)).toMatchObject({
      errors: [],
      warnings: [{ path: '/blocks/b1/message', block: 'b1' }],
    });
  });

  test('may go in circles through a block that waits', () => {
    const json = workflow({
      blocks: { b1: { ...email, exits: { next: 'b2' } }, b2: { ...timer, exits: { next: 'b1' } } },
    });
    expect(errorsOf(json)).toEqual([]);
  });
});

describe('a definition that may not be published', () => {
  test.each([
    ['no object', null, [['', null]]],
    ['a newer language', workflow({ language: 2 }), [['/language', null]]],
    ['no start', workflow({ start: undefined }), [['/start', null]]],
    ['an unknown start', workflow({ start: { type: 'moon' } }), [['/start/type', null]]],
    ['an unknown member', workflow({ extra: 1 }), [['/extra', null]]],
    ['a start without its event', workflow({ start: { type: 'event' } }), [['/start/event', null]]],
    [
      'a start with a broken filter',
      workflow({
        start: {
          type: 'event',
          event: 'SignedUp',
          where: {
            all: [
              { param: 'a', op: 'equals', value: 1 },
              { param: 'a', op: 'roughly' },
            ],
          },
        },
      }),
      [['/start/where/all/1/op', null]],
    ],
    [
      'a filter that compares with its own event',
      workflow({
        start: {
          type: 'event',
          event: 'SignedUp',
          where: { param: 'a', op: 'equals', value: { $event: 'b' } },
        },
      }),
      [['/start/where', null]],
    ],
    [
      'segments that are not there',
      workflow({
        start: { type: 'event', event: 'SignedUp', segment: '1' },
        stop: [
          { type: 'segment', segment: '12' },
          { type: 'segment', segment: '13' },
        ],
      }),
      [
        ['/start/segment', null],
        ['/stop/1/segment', null],
      ],
    ],
    [
      'send hours that begin as they end',
      workflow({ limits: { send_hours: { from: '09:00', to: '09:00' } } }),
      [['/limits/send_hours/to', null]],
    ],
    ['no blocks', workflow({ blocks: {} }), [['/blocks', null]]],
    ['a first block that is not there', workflow({ first: 'b9' }), [['/first', null]]],
    [
      'an unknown block',
      workflow({ blocks: { b1: { type: 'moon' } } }),
      [['/blocks/b1/type', 'b1']],
    ],
    [
      'broken settings',
      workflow({ blocks: { b1: { ...timer, wait: { n: 'x', unit: 'day' } } } }),
      [['/blocks/b1/wait/n', 'b1']],
    ],
    [
      'an unknown setting',
      workflow({ blocks: { b1: { ...email, massage: '1' } } }),
      [['/blocks/b1/massage', 'b1']],
    ],
    [
      'an exit that leads nowhere',
      workflow({ blocks: { b1: { ...email, exits: { next: 'b2' } } } }),
      [['/blocks/b1/exits/next', 'b1']],
    ],
    [
      'an exit that the block does not have',
      workflow({ blocks: { b1: { ...email, exits: { yes: 'b1' } } } }),
      [['/blocks/b1/exits/yes', 'b1']],
    ],
    [
      'an exit of an end',
      workflow({ blocks: { b1: { type: 'end', exits: { next: 'b1' } } } }),
      [['/blocks/b1/exits/next', 'b1']],
    ],
    [
      'a block that no path leads to',
      workflow({ blocks: { b1: email, b2: email } }),
      [['/blocks/b2', 'b2']],
    ],
    [
      'a loop without a block that waits',
      workflow({
        blocks: {
          b1: { ...timer, exits: { next: 'b2' } },
          b2: { ...email, exits: { next: 'b3' } },
          b3: { type: 'split', weights: [1, 1], exits: { a: 'b2', b: 'b1' } },
        },
      }),
      [['/blocks/b2', 'b2']],
    ],
    [
      'a block that leads to itself',
      workflow({ blocks: { b1: { ...email, exits: { next: 'b1' } } } }),
      [['/blocks/b1', 'b1']],
    ],
    [
      'messages that are missing, of another channel, archived, without their secret',
      workflow({
        blocks: {
          b1: { type: 'email', message: '9', exits: { next: 'b2' } },
          b2: { type: 'email', message: '2', exits: { next: 'b3' } },
          b3: { type: 'email', message: '3', exits: { next: 'b4' } },
          b4: { type: 'email', message: '6' },
        },
      }),
      [
        ['/blocks/b1/message', 'b1'],
        ['/blocks/b2/message', 'b2'],
        ['/blocks/b3/message', 'b3'],
        ['/blocks/b4/message', 'b4'],
      ],
    ],
    [
      'fields that are missing or identify the contact',
      workflow({
        blocks: { b1: { type: 'update_fields', set: { 'custom.nope': 1, email: 'a@b.c' } } },
      }),
      [
        ['/blocks/b1/set/custom.nope', 'b1'],
        ['/blocks/b1/set/email', 'b1'],
      ],
    ],
    [
      'values from fields and blocks that are missing',
      workflow({
        blocks: {
          b1: {
            type: 'timer',
            wait: { n: { $contact: 'custom.nope' }, unit: 'day' },
            until: { time: { $run: 'b7.time' } },
          },
        },
      }),
      [
        ['/blocks/b1/wait/n', 'b1'],
        ['/blocks/b1/until/time', 'b1'],
      ],
    ],
    [
      'a condition on a missing field',
      workflow({
        blocks: {
          b1: {
            type: 'if',
            condition: { all: [{ type: 'field', field: 'custom.nope', op: 'is_set' }] },
          },
        },
      }),
      [['/blocks/b1/condition/all/0/field', 'b1']],
    ],
    [
      'an empty condition',
      workflow({ blocks: { b1: { type: 'if', condition: { all: [] } } } }),
      [['/blocks/b1/condition', 'b1']],
    ],
    [
      'names that objects are born with',
      workflow({ first: 'constructor', blocks: { b1: { ...email, exits: { next: 'toString' } } } }),
      [
        ['/first', null],
        ['/blocks/b1/exits/next', 'b1'],
      ],
    ],
  ])('%s', (_name, json, expected) => {
    expect(errorsOf(json)).toEqual(expected);
  });

  test('names the block in its message', () => {
    const json = workflow({ blocks: { b1: { ...email, exits: { next: 'b2' } } } });
    expect(validateWorkflow(json, world).errors[0]!.message).toBe(
      'The exit next of Email b1 leads to b2, which does not exist.',
    );
  });

  test('finds a loop however long the way to it', () => {
    const blocks: Record<string, unknown> = {};
    for (let i = 1; i < 1000; i += 1) blocks[`b${i}`] = { ...email, exits: { next: `b${i + 1}` } };
    blocks['b1000'] = { ...email, exits: { next: 'b998' } };
    expect(errorsOf(workflow({ blocks }))).toEqual([['/blocks/b998', 'b998']]);
  });
});

describe('what a message reads', () => {
  const asking = { type: 'timer', wait: { n: 1, unit: 'day' }, exits: { next: 'b1' } };

  test('must be given by a block of the workflow or by its data', () => {
    const lacking = workflow({ blocks: { b1: { type: 'email', message: '4' } } });
    expect(validateWorkflow(lacking, world).errors.map(({ message }) => message)).toEqual([
      'Email b1: The message 4 uses run.ask, but there is no block ask.',
      'Email b1: The message 4 uses data.code, but the block does not give it.',
    ]);
    expect(errorsOf(lacking)[0]).toEqual(['/blocks/b1/message', 'b1']);
  });

  test('is fine where it is given', () => {
    const email = { type: 'email', message: '4', data: { code: 'A1' } };
    expect(errorsOf(workflow({ first: 'ask', blocks: { ask: asking, b1: email } }))).toEqual([]);
  });
});

describe('starts by segments', () => {
  const entry = { type: 'segment', segment: '12', mode: 'entry' };
  const eventSegment = { type: 'event_segment', event: 'SignedUp', segment: '20' };
  const asks = (segment: string) => ({ type: 'segment', segment });
  const condition = (node: unknown) => ({ b1: { type: 'if', condition: node } });

  test('get the defaults of the language', () => {
    expect(validateWorkflow(workflow({ start: entry }), world)).toMatchObject({
      errors: [],
      definition: { start: { ...entry, existing: false } },
    });
    expect(validateWorkflow(workflow({ start: eventSegment }), world)).toMatchObject({
      errors: [],
      definition: { start: { unique: 'each', max_age: { n: 24, unit: 'hour' } } },
    });
  });

  test('of an event that nobody has seen are warned of', () => {
    const start = { ...eventSegment, event: 'NotShipped' };
    expect(validateWorkflow(workflow({ start }), world).warnings).toMatchObject([
      { path: '/start/event' },
    ]);
  });

  test.each([
    ['how it starts is unknown', { start: { ...entry, mode: 'sometimes' } }, ['/start/mode']],
    ['the segment is not there', { start: { ...entry, segment: '1' } }, ['/start/segment']],
    [
      'the segment of an event is not there',
      { start: { ...eventSegment, segment: '1' } },
      ['/start/segment'],
    ],
    [
      'entering a segment that has no members of its own',
      { start: { ...entry, segment: '20' } },
      ['/start/segment'],
    ],
    [
      'being in one when an event happens',
      { start: { type: 'event', event: 'SignedUp', segment: '20' } },
      ['/start/segment'],
    ],
    ['stopping by one', { stop: [{ type: 'segment', segment: '20' }] }, ['/stop/0/segment']],
    [
      'asking for one where no event started',
      { start: entry, blocks: condition({ any: [asks('12'), { not: asks('20') }] }) },
      ['/blocks/b1/condition/any/1/not/segment'],
    ],
    [
      'asking for the event where none started',
      { start: entry, blocks: condition({ type: 'event_param', param: 'a', op: 'is_set' }) },
      ['/blocks/b1/condition'],
    ],
    [
      'reading the event where none started',
      { start: entry, blocks: { b1: { ...timer, wait: { n: { $event: 'n' }, unit: 'day' } } } },
      ['/blocks/b1/wait/n'],
    ],
  ])('are refused: %s', (_name, values, paths) => {
    expect(errorsOf(workflow(values)).map(([path]) => path)).toEqual(paths);
  });

  test.each([{ type: 'event', event: 'SignedUp' }, eventSegment, { type: 'manual' }])(
    'an `if` may ask for a segment with values of the event of %j',
    (start) => {
      expect(errorsOf(workflow({ start, blocks: condition({ not: asks('20') }) }))).toEqual([]);
    },
  );
});

describe('notes of the canvas', () => {
  const note = {
    text: 'Ask Lena first',
    position: { x: 10, y: 20 },
    size: { width: 240, height: 120 },
    colour: 'blue',
  };

  test('are part of the drawing, and the engine never sees them', () => {
    const { definition, errors } = validateWorkflow(workflow({ notes: { note_1: note } }), world);
    expect(errors).toEqual([]);
    expect(definition).not.toHaveProperty('notes');
  });

  test.each<[string, object, string]>([
    ['a colour of no theme', { n: { ...note, colour: '#f00' } }, '/notes/n/colour'],
    ['no place', { n: { ...note, position: { x: 1 } } }, '/notes/n/position/y'],
    ['a place too far out', { n: { ...note, position: { x: 1e9, y: 0 } } }, '/notes/n/position/x'],
    ['no size', { n: { ...note, size: { width: 1, height: 99 } } }, '/notes/n/size/width'],
    ['too long a text', { n: { ...note, text: 'a'.repeat(5_001) } }, '/notes/n/text'],
    ['an unknown member', { n: { ...note, block: 'b1' } }, '/notes/n/block'],
    ['an ID with a dot', { 'n.1': note }, '/notes/n.1'],
    [
      'too many',
      Object.fromEntries(Array.from({ length: 201 }, (_, n) => [`n${n}`, note])),
      '/notes',
    ],
  ])('with %s are refused where they are wrong', (_what, notes, path) => {
    expect(errorsOf(workflow({ notes }))).toEqual([[path, null]]);
  });
});
