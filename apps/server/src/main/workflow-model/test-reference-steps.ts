import type { JsonObject } from '../../inbox/index.ts';
import {
  actLater,
  askOutside,
  changeList,
  newFact,
  send,
  startFirst,
  unsubscribe,
  updateFields,
  valueOf,
  type Outcome,
  type Standing,
} from './test-reference-acts.ts';
import { holds, type Asked } from './test-reference-conditions.ts';
import { CHANNELS } from './test-channels.ts';
import { addressOf, hasReached } from './test-reference-messages.ts';
import { shifted } from './test-reference-dates.ts';
import { answers, finish, tell } from './test-reference-facts.ts';
import {
  later,
  zoneOf,
  type RefBlock,
  type RefContact,
  type RefRun,
  type RefState,
} from './test-reference-state.ts';
import { instantOf, localOf } from './test-zones.ts';

const DAY = 86_400_000;

/** Lets a run take one step. */
export function step(state: RefState, contact: RefContact, run: RefRun, now: number): void {
  const block = run.version.blocks[run.block]!;
  const outcome = run.rests
    ? afterRest(run, block)
    : visits[block.type]!({ state, contact, run, block, now });
  move(run, block, outcome, now);
  // What a step made true is heard before anybody takes another one; the step itself stands.
  for (const fact of state.caused.splice(0)) tell(state, contact, fact);
}

function afterRest(run: RefRun, { type }: RefBlock): Outcome {
  if (run.told === 'failed') return { failed: true };
  if (run.told !== undefined) return { exit: run.told };
  if (type !== 'wait_for') return { exit: 'next' };
  return { exit: run.heard ? 'happened' : 'timeout' };
}

function move(run: RefRun, block: RefBlock, outcome: Outcome, now: number): void {
  if ('until' in outcome || 'awaits' in outcome) {
    run.state = 'waiting';
    run.rests = true;
    run.since = 'since' in outcome ? outcome.since : undefined;
    run.heard = false;
    run.awaits = 'awaits' in outcome;
    run.told = undefined;
    run.wake = 'until' in outcome ? outcome.until : undefined;
    return;
  }
  const exit = exitOf(outcome, block);
  run.steps.push({ block: run.block, exit, at: now });
  if (exit === null) {
    return finish(run, 'failed' in outcome ? 'failed' : 'completed', now);
  }
  const target = block.exits[exit];
  run.rests = false;
  run.told = undefined;
  run.since = undefined;
  if (target === undefined) return finish(run, 'completed', now);
  run.state = 'running';
  run.block = target;
}

const MESSAGES: readonly string[] = [...CHANNELS, 'one_from_many', 'message_to_segment'];

/** Null: the run ends on the block. A message that fails goes on, all else only where it is drawn. */
function exitOf(
  outcome: { exit: string } | { failed: true } | { end: true },
  { type, exits }: RefBlock,
): string | null {
  if ('exit' in outcome) return outcome.exit;
  if ('end' in outcome) return null;
  if (Object.hasOwn(exits, 'failed')) return 'failed';
  return MESSAGES.includes(type) ? 'next' : null;
}

const visits: Record<string, (standing: Standing) => Outcome> = {
  timer({ state, contact, run, block, now }) {
    const { wait, until } = block as unknown as {
      wait?: { n: unknown; unit: string };
      until?: { weekdays?: number[]; time: string; zone?: string };
    };
    const n = wait && valueOf(wait.n, run, contact);
    if (wait && typeof n !== 'number') return { failed: true };
    const waited = wait ? later(now, n as number, wait.unit, state.zone) : now;
    const instant = until ? nextUntil(waited, until, zoneOf(state, contact, until.zone)) : waited;
    return instant > now ? { until: instant } : { exit: 'next' };
  },
  wait_until({ state, contact, run, block, now }) {
    const { date, offset } = block as unknown as {
      date: unknown;
      offset?: { n: number; unit: string };
    };
    const text = valueOf(date, run, contact);
    if (typeof text !== 'string' || !/^\d{4}-/.test(text)) return { failed: true };
    const instant = shifted(text, offset ? { offset } : {}, state.zone);
    return instant > now ? { until: instant } : { exit: 'next' };
  },
  wait_for({ state, contact, run, block, now }) {
    const cameAt = Math.min(run.wake ?? now, now);
    const { segment, timeout } = block as unknown as {
      segment?: string;
      timeout: { n: number; unit: string };
    };
    const status = block['message_status'] as JsonObject | undefined;
    if (segment !== undefined) {
      if (contact.segments.has(segment)) return { exit: 'happened' };
    } else if (status) {
      if (hasReached(state.sends, run, status)) return { exit: 'happened' };
    } else {
      const found = contact.events.find(
        (event) => event.seq > run.heardUpTo && answers(event, run, cameAt),
      );
      if (found) {
        run.heardUpTo = found.seq;
        return { exit: 'happened' };
      }
    }
    return { until: later(now, timeout.n, timeout.unit, state.zone), since: cameAt };
  },
  if: ({ state, contact, run, block, now }) => ({
    exit: holds(block['condition'] as JsonObject, contact, askedBy(state, run, now)) ? 'yes' : 'no',
  }),
  switch({ state, contact, run, block, now }) {
    const conditions = block['conditions'] as JsonObject[];
    const at = conditions.findIndex((node) => holds(node, contact, askedBy(state, run, now)));
    return { exit: at === -1 ? 'else' : String(at + 1) };
  },
  split: ({ state, run }) => ({ exit: state.draw(run) }),
  update_fields: (standing) => updateFields(standing),
  add_to_list: (standing) => changeList(standing, true),
  remove_from_list: (standing) => changeList(standing, false),
  ...Object.fromEntries(CHANNELS.map((channel) => [channel, send])),
  one_from_many: (standing) => send(standing),
  subscribe(standing) {
    if (standing.block['category'] !== undefined) return actLater(standing, () => 'next');
    const address = mailOf(standing);
    if (address === undefined) return { failed: true };
    // What the person said, only the person takes back.
    standing.state.suppressed.get(address)?.delete('by workflow');
    return { exit: 'next' };
  },
  unsubscribe(standing) {
    if (standing.block['category'] !== undefined) return actLater(standing, () => 'next');
    const address = mailOf(standing);
    if (address === undefined) return { failed: true };
    unsubscribe(standing, address);
    return { exit: 'next' };
  },
  confirm(standing) {
    return mailOf(standing) === undefined ? { failed: true } : actLater(standing, () => 'next');
  },
  create_contact(standing) {
    const { contact } = standing;
    return actLater(standing, () => {
      const exit = contact.hasFriend ? 'updated' : 'created';
      contact.hasFriend = true;
      return exit;
    });
  },
  start_workflow(standing) {
    startFirst(standing);
    return { exit: 'next' };
  },
  promo_code({ state, block }) {
    if (block['pool'] === '@E') return { exit: 'empty' };
    state.codes += 1;
    return { exit: 'ok' };
  },
  webhook: (standing) => askOutside(standing, standing.block['url'] === '@Y' ? 'ok' : 'failed'),
  message_to_segment: (standing) => askOutside(standing, 'next'),
  launch_event({ state, contact, run, block }) {
    const { params, depth, key } = run;
    contact.queue.push({
      by: run,
      apply: (now) => {
        const event = newFact(state, {
          type: block['event'] as string,
          by: contact,
          now,
          params,
          depth: depth + 1,
        });
        if (key !== '') event.key = key;
        contact.events.push(event);
        tell(state, contact, event);
      },
    });
    return { exit: 'next' };
  },
  goal({ run }) {
    run.converted = true;
    return { exit: 'next' };
  },
  checkpoint: () => ({ exit: 'next' }),
  end: () => ({ end: true }),
};

function mailOf({ state, contact }: Standing): string | undefined {
  return addressOf(state, contact, 'email');
}

function askedBy({ zone, sends }: RefState, run: RefRun, now: number): Asked {
  const { params } = run;
  return { now, zone, params, hasReached: (node) => hasReached(sends, run, node) };
}

/** The first local instant, not before, of this time of day on one of these weekdays. */
function nextUntil(
  from: number,
  { weekdays, time }: { weekdays?: number[]; time: string },
  zone: string,
): number {
  const [hours, minutes] = time.split(':').map(Number) as [number, number];
  const today = localOf(from, zone) - (localOf(from, zone) % DAY);
  for (let day = today - DAY; ; day += DAY) {
    const weekday = new Date(day).getUTCDay() || 7;
    if (weekdays !== undefined && !weekdays.includes(weekday)) continue;
    const instant = instantOf(day + (hours * 60 + minutes) * 60_000, zone);
    if (instant >= from) return instant;
  }
}
