import { MESSAGE_STATUSES } from '@perennial/conditions';
import { z } from 'zod';
import { defineBlock, type BlockText, type Reference, type SettingsProblem } from '../block.ts';
import { UNITS } from '../duration/duration-text.ts';
import { lengthSchema, lengthText } from '../duration/length.ts';
import type { Names } from '../names.ts';
import { filterSchema } from '../workflow/filter.ts';
import { eventKeySchema, segmentIdSchema } from '../workflow/starts.ts';

const settings = z.strictObject({
  /** An event of the contact, not older than when the run came here. */
  event: eventKeySchema.optional(),
  where: filterSchema.optional(),
  /** Only an event with the run's key. */
  same_key: z.boolean().optional(),
  /** That the contact is in a segment; one who is in it already passes at once. */
  segment: segmentIdSchema.optional(),
  /** That a message of this run got as far; one that has already passes at once. */
  message_status: z
    .strictObject({
      block: z.string().min(1).max(40),
      status: z.enum(MESSAGE_STATUSES),
    })
    .optional(),
  /** The longest wait. */
  timeout: lengthSchema,
});

type Settings = z.output<typeof settings>;

const AWAITED = ['event', 'segment', 'message_status'] as const;

/** What the block waits for; undefined for a draft that says nothing, or two things. */
export function awaitedBy(settings: Settings): (typeof AWAITED)[number] | undefined {
  const named = AWAITED.filter((name) => settings[name] !== undefined);
  return named.length === 1 ? named[0] : undefined;
}

function problems(settings: Settings): SettingsProblem[] {
  if (awaitedBy(settings) === undefined) {
    return [{ path: '', message: 'Choose one of `event`, `segment` and `message_status`.' }];
  }
  return (['where', 'same_key'] as const)
    .filter((name) => settings[name] !== undefined && settings.event === undefined)
    .map((name) => ({ path: `/${name}`, message: `Only an event has \`${name}\`.` }));
}

function sentence(settings: Settings, names: Names): BlockText {
  const values = lengthText(settings.timeout);
  const awaited = awaitedBy(settings);
  if (awaited === 'event') {
    return { id: 'block.wait_for.event', values: { ...values, event: settings.event! } };
  }
  if (awaited === 'segment') {
    const segment = names.segment(settings.segment!);
    return { id: 'block.wait_for.segment', values: { ...values, segment } };
  }
  if (awaited === undefined) return { id: 'block.wait_for.empty', values: {} };
  const { block, status } = settings.message_status!;
  return { id: 'block.wait_for.message', values: { ...values, block, status } };
}

/** Waits until something happens, and no longer than a time. */
export const waitForBlock = defineBlock({
  type: 'wait_for',
  group: 'time',
  icon: 'hourglass',
  label: 'Wait for',
  settings,
  exits: () => ['happened', 'timeout'],
  waiting: true,
  onFailure: 'end',
  sentence,
  literal: ['/event', '/where'],
  defaults: () => ({ event: '', timeout: { n: 1, unit: 'day' } }),
  references: ({ event, segment }): Reference[] => [
    ...(event === undefined ? [] : [{ kind: 'event', key: event, path: '/event' } as const]),
    ...(segment === undefined ? [] : [{ kind: 'segment', id: segment, path: '/segment' } as const]),
  ],
  nodes: ({ message_status: status }) =>
    status ? [{ node: { type: 'message_status', ...status }, path: '/message_status' }] : [],
  problems,
  texts: {
    label: 'Wait for',
    empty: 'Choose what to wait for',
    event: `Wait for {event}, at most {amount} ${UNITS}`,
    segment: `Wait until in {segment}, at most {amount} ${UNITS}`,
    message: `Wait until {block, select, any {a message of this run} other {the message of {block}}} was {status}, at most {amount} ${UNITS}`,
  },
});
