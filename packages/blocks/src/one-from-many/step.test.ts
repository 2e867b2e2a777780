import { describe, expect, test } from 'vitest';
import type { JsonObject } from '@perennial/conditions';
import type { NotedChoice, SendAnswer, SendWish, Variant } from '../step.ts';
import { aContext, aRun, aVisit } from '../test-step.ts';
import { oneFromManyBlock } from './block.ts';
import { oneFromManyStep } from './step.ts';

const settings = (values: object = {}) =>
  oneFromManyBlock.settings.parse({ channel: 'sms', include: ['5'], ...values });

function variant(messageId: number, values: Partial<Variant> = {}): Variant {
  return { messageId, settled: 0, succeeded: 0, paused: false, sentAt: undefined, ...values };
}

async function chosen(
  variants: Variant[],
  {
    of = settings(),
    id = 1,
    results = {},
    waited = false,
    answer = {},
  }: {
    of?: ReturnType<typeof settings>;
    id?: number;
    results?: JsonObject;
    waited?: boolean;
    answer?: Partial<SendAnswer>;
  } = {},
) {
  const wishes: SendWish[] = [];
  const noted: NotedChoice[] = [];
  const context = aContext({
    variantsFor: async (questions) => questions.map(() => variants),
    decideSends: async (asked) => {
      wishes.push(...asked);
      return asked.map(() => ({ sendId: 9, decision: 'sent', reasons: [], ...answer }) as const);
    },
    noteChoices: async (choices) => void noted.push(...choices),
  });
  const visit = aVisit(of, { run: aRun({ id, results }), waited });
  const [outcome] = await oneFromManyStep([visit], context);
  return { outcome, wish: wishes[0], note: noted[0] };
}

const three = [variant(1), variant(2), variant(3)];

describe('one from many', () => {
  test('sends what it chose, and notes it with its probability', async () => {
    const { outcome, wish, note } = await chosen(three);
    expect(wish).toMatchObject({ channel: 'sms', messageId: note!.messageId });
    expect(note).toMatchObject({ sendId: 9, available: 3, window: 86_400_000 });
    expect(note!.probability).toBeCloseTo(1 / 3, 6);
    expect(outcome).toMatchObject({
      kind: 'next',
      exit: 'next',
      result: { message: String(note!.messageId), send: '9', decision: 'sent' },
    });
  });

  test('chooses the same for a run again, and spreads runs by the probabilities', async () => {
    const seen = new Map<number, number>();
    for (let id = 1; id <= 300; id += 1) {
      const first = (await chosen(three, { id })).note!.messageId;
      expect((await chosen(three, { id })).note!.messageId).toBe(first);
      seen.set(first, (seen.get(first) ?? 0) + 1);
    }
    // Five standard deviations of an even draw.
    for (const n of seen.values()) expect(Math.abs(n - 100)).toBeLessThan(5 * Math.sqrt(200 / 3));
    expect(seen.size).toBe(3);
  });

  test('never chooses what is paused, or was sent lately', async () => {
    const few = [variant(1, { paused: true }), variant(2, { sentAt: 5 }), variant(3)];
    const { note, outcome } = await chosen(few);
    expect(note).toMatchObject({ messageId: 3, probability: 1, available: 1 });
    expect(outcome).toMatchObject({
      decidedBy: {
        choice: { variants: [{ left_out: 'paused' }, { left_out: 'memory' }, { probability: 1 }] },
      },
    });
  });

  test.each([
    ['nothing bears the tags', [], {}, 'no sms message bears the tags'],
    ['all are paused', [variant(1, { paused: true })], {}, 'all variants are paused'],
    [
      'all were sent lately',
      [variant(1, { sentAt: 1 })],
      { all_sent: 'failed' },
      'the contact was sent every variant within 4 days',
    ],
  ])('fails where %s', async (_name, variants, more, reason) => {
    const { outcome, wish } = await chosen(variants, { of: settings(more) });
    expect(outcome).toMatchObject({ kind: 'fail', reason });
    expect(wish).toBeUndefined();
  });

  test('falls back to what was sent longest ago', async () => {
    const sent = [
      variant(1, { sentAt: 30 }),
      variant(2, { sentAt: 10 }),
      variant(3, { sentAt: 20 }),
    ];
    expect((await chosen(sent)).note).toMatchObject({ messageId: 2, probability: 1 });
  });

  test('goes on with what it chose before it waited, and notes it then', async () => {
    const held = await chosen(three, { answer: { decision: 'held', holdUntil: 99 } });
    expect(held.note).toBeUndefined();
    const { result } = held.outcome as { result: JsonObject };
    const after = await chosen([variant(7)], { results: { b1: result }, waited: true });
    expect(after.wish).toMatchObject({ heldSendId: 9, messageId: held.wish!.messageId });
    expect(after.note).toMatchObject({ messageId: held.wish!.messageId, available: 3 });
    expect(after.outcome).toMatchObject({
      result: { message: String(held.wish!.messageId), send: '9', decision: 'sent' },
    });
  });

  test('leaves nothing to learn from what a gate refused', async () => {
    const { outcome, note } = await chosen(three, {
      answer: { decision: 'refused', reason: 'unsubscribed' },
    });
    expect(outcome).toMatchObject({ kind: 'fail', reason: 'unsubscribed' });
    expect(note).toBeUndefined();
  });

  test.each([
    ['/include', { include: [] }],
    ['/memory', { memory: 366 }],
    ['/goal/within/n', { goal: { type: 'click', within: { n: 31, unit: 'day' } } }],
    ['/goal/event', { goal: { type: 'event' } }],
    ['/channel', { channel: 'pigeon' }],
  ])('refuses what is wrong at %s', (path, wrong) => {
    const { error } = oneFromManyBlock.settings.safeParse({
      channel: 'sms',
      include: ['5'],
      ...wrong,
    });
    expect(error!.issues.map((issue) => `/${issue.path.join('/')}`)).toContain(path);
  });
});
