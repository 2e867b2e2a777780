import { rollingMs, type FrequencyRuleDraft } from '@perennial/contracts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inTransaction } from '../db/index.ts';
import { testDatabase } from '../db/test-database.ts';
import { decideSends } from './decide-sends.ts';
import { createWorld, NOW, requestFor } from './test-world.ts';

const { pool } = await testDatabase();
const world = createWorld(pool);

/** A wish to send, so many minutes after the wish before it, or together with it. */
interface Wish {
  person: number;
  message: number;
  pause: number;
  transactional: boolean;
}

const MESSAGES = [
  { channel: 'email', priority: 'low' },
  { channel: 'email', priority: 'high' },
  { channel: 'sms', priority: 'normal' },
] as const;
const RANKS = { low: 1, normal: 2, high: 3 };

const wishes = fc.array(
  fc.record({
    person: fc.integer({ min: 0, max: 1 }),
    message: fc.integer({ min: 0, max: MESSAGES.length - 1 }),
    pause: fc.constantFrom(0, 0, 1, 20, 61, 200),
    transactional: fc.constantFrom(false, false, true),
  }),
  { minLength: 5, maxLength: 30 },
);

const rules = fc.array(
  fc.record({
    kind: fc.constant('cap' as const),
    most: fc.integer({ min: 1, max: 3 }),
    window: fc.oneof(
      fc.record({
        type: fc.constant('rolling' as const),
        n: fc.integer({ min: 1, max: 5 }),
        unit: fc.constant('hour' as const),
      }),
      fc.constant({ type: 'calendar' as const, unit: 'day' as const, zone: 'workspace' as const }),
    ),
    channels: fc.constantFrom<string[]>([], ['email'], ['sms']),
    each_channel: fc.boolean(),
    counts: fc.constantFrom<FrequencyRuleDraft['counts']>('marketing', 'all'),
  }),
  { minLength: 1, maxLength: 3 },
);

type Rule = Pick<
  FrequencyRuleDraft,
  'kind' | 'most' | 'window' | 'channels' | 'each_channel' | 'counts'
>;

interface Sent {
  at: number;
  channel: string;
  transactional: boolean;
}

/** Whether the rule lets one more pass after all that were sent before: written for plainness. */
function lets(rule: Rule, sent: readonly Sent[], { at, channel }: Sent): boolean {
  if (rule.channels.length > 0 && !rule.channels.includes(channel)) return true;
  const counted = sent.filter(
    (one) =>
      (rule.channels.length === 0 || rule.channels.includes(one.channel)) &&
      (!rule.each_channel || one.channel === channel) &&
      (rule.counts === 'all' || !one.transactional) &&
      isInWindow(rule, one.at, at),
  );
  return counted.length < rule.most;
}

/** Days are those of UTC, the zone of the workspace. */
function isInWindow({ window }: Rule, earlier: number, at: number): boolean {
  if (window.type === 'rolling') return at - earlier < rollingMs(window);
  const dayOf = (instant: number): string => new Date(instant).toISOString().slice(0, 10);
  return dayOf(earlier) === dayOf(at);
}

/** What became of each wish: of those that come together the urgent ones are decided first. */
function expected(ruleSet: readonly Rule[], batches: readonly Timed[][]): string[] {
  const sent = new Map<number, Sent[]>();
  return batches.flatMap((batch) => {
    const decisions: string[] = [];
    const order = batch
      .map((wish, i) => ({ wish, i }))
      .sort((a, b) => rankOf(b.wish) - rankOf(a.wish) || a.i - b.i);
    for (const { wish, i } of order) {
      const own = sent.get(wish.person) ?? [];
      const { at, transactional } = wish;
      const one = { at, transactional, channel: MESSAGES[wish.message]!.channel };
      const passes = transactional || ruleSet.every((rule) => lets(rule, own, one));
      decisions[i] = passes ? 'sent' : 'refused';
      if (passes) sent.set(wish.person, [...own, one]);
    }
    return decisions;
  });
}

function rankOf({ message }: Wish): number {
  return RANKS[MESSAGES[message]!.priority];
}

type Timed = Wish & { at: number };

/** Those that come together are one batch; one that comes alone may be, too. */
function inBatches(list: readonly Wish[]): Timed[][] {
  let at = NOW.getTime();
  const timed = list.map((wish) => ({ ...wish, at: (at += wish.pause * 60_000) }));
  return [...Map.groupBy(timed, (wish) => wish.at).values()];
}

test('caps let pass exactly what fits, whatever comes together', async () => {
  await fc.assert(
    fc.asyncProperty(wishes, rules, async (list, ruleSet) => {
      const workspaceId = await world.workspace();
      for (const rule of ruleSet) await world.rule(workspaceId, rule);
      const messages = await Promise.all(
        MESSAGES.map(({ channel, priority }) =>
          world.message({ workspaceId, channel, sending: { priority } }),
        ),
      );
      const people = [1, 2].map((n) =>
        world.contact({
          workspaceId,
          email: `p${n}@w${workspaceId}.example`,
          phone: `+38050${String(workspaceId).padStart(6, '0')}${n}`,
        }),
      );
      const contacts = await Promise.all(people);
      const batches = inBatches(list);
      const decided: string[] = [];
      for (const batch of batches) {
        const now = new Date(batch[0]!.at);
        const requests = batch.map(({ person, message, transactional }) =>
          requestFor({
            workspaceId,
            contactId: contacts[person]!,
            messageId: messages[message]!,
            channel: MESSAGES[message]!.channel,
            transactional,
            at: now,
          }),
        );
        const decisions = await inTransaction(pool, (tx) => decideSends(tx, { requests, now }));
        decided.push(...decisions.map(({ decision }) => decision));
      }
      expect(decided).toEqual(expected(ruleSet, batches));
    }),
    { numRuns: 40 },
  );
});
