import type { Block } from '@perennial/blocks';
import {
  compileWhere,
  reachedBy,
  sendsOf,
  type EventContent,
  type JsonObject,
  type MessageStatus,
} from '@perennial/conditions';
import type { CompiledWait } from './compile-version.ts';

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
    concerns: ({ params }: EventContent, results: JsonObject) =>
      sendsOf(results, status.block).has(String(params['send'])),
  }));
}

/** What mail proxies and link scanners do is nobody's doing. */
function byPerson({ params }: EventContent): boolean {
  return params['machine'] === undefined;
}
