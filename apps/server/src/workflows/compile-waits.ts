import type { Block } from '@perennial/blocks';
import {
  compileWhere,
  reachedBy,
  sendsOf,
  type EventContent,
  type EventTest,
  type JsonObject,
  type MessageStatus,
} from '@perennial/conditions';

/** A fact that ends the wait of runs on a block. */
export interface CompiledWait {
  readonly block: string;
  /** Type of the fact. */
  readonly event: string;
  /** Whether only what happened since the run came to the block counts. */
  readonly sinceHere: boolean;
  readonly sameKey: boolean;
  readonly passes: EventTest;
  /** Whether the fact is about a send of the run, whose results these are. */
  readonly concerns: (trigger: EventContent, results: JsonObject) => boolean;
}

type Settings = Extract<Block, { type: 'wait_for' }>['settings'];

const FACTS: Record<MessageStatus, string> = {
  sent: 'MessageSent',
  delivered: 'MessageDelivered',
  opened: 'MessageOpened',
  clicked: 'MessageClicked',
};

/** The facts by which runs on a `wait_for` block go on. */
export function waitsOf(block: string, settings: Settings): CompiledWait[] {
  const { event, where, segment, message_status: status, same_key: sameKey = false } = settings;
  const any = { block, sinceHere: false, sameKey: false, concerns: () => true };
  if (event !== undefined) {
    const passes = where === undefined ? () => true : compileWhere(where);
    return [{ ...any, event, sinceHere: true, sameKey, passes }];
  }
  if (segment !== undefined) {
    return [{ ...any, event: 'SegmentEntered', passes: ({ key }) => key === segment }];
  }
  if (!status) return [];
  return reachedBy(status.status).map((reached) => ({
    ...any,
    event: FACTS[reached],
    passes: reached === 'sent' || reached === 'delivered' ? () => true : byPerson,
    concerns({ params: { send } }: EventContent, results: JsonObject) {
      return typeof send === 'string' && sendsOf(results, status.block).has(send);
    },
  }));
}

/** What mail proxies and link scanners do is nobody's doing. */
function byPerson({ params }: EventContent): boolean {
  return params['machine'] === undefined;
}
