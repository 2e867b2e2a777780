import { z } from 'zod';
import { parseWith } from '../check/report.ts';
import type { Facts, MessageAction } from '../facts.ts';
import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import { expectedOneOf } from '../periods/parts.ts';
import type { ConditionType } from './condition-type.ts';

/** What may have become of a send, each with what it implies before it. */
export const MESSAGE_STATUSES = ['sent', 'delivered', 'opened', 'clicked'] as const;
export type MessageStatus = (typeof MESSAGE_STATUSES)[number];

const schema = z.strictObject({
  type: z.literal('message_status'),
  /** ID of a message block of the workflow, or any of them. */
  block: z.string({ error: 'expected the ID of a message block, or "any"' }).min(1).max(40),
  status: z.enum(MESSAGE_STATUSES, { error: expectedOneOf(MESSAGE_STATUSES) }),
});

/** What became of a message that this run sent. */
export type MessageStatusCondition = z.infer<typeof schema>;

/**
 * Whether a send of this run got as far: one that was clicked was opened, delivered and sent too,
 * whatever the provider told of it. What machines did counts no further than delivered. For
 * workflows.
 */
export const messageStatus: ConditionType<MessageStatusCondition> = {
  type: 'message_status',
  schema,
  check: (input, { report }) => parseWith(schema, input, report),
  compile: (condition) => (facts) => {
    const sends = sendsOf(facts.run ?? {}, condition.block);
    const found = reachedBy(condition.status).flatMap((action) => [
      ...factsOf(facts, action, sends),
    ]);
    return {
      result: found.length > 0,
      values: () => ({ sends: [...sends], statuses: [...new Set(found)] }),
      changesAt: () => Infinity,
    };
  },
  need({ status }, needs) {
    for (const action of reachedBy(status)) needs.messages(action, -Infinity);
  },
  canonical: ({ type, block, status }) => ({ type, block, status }),
  sentence: ({ block, status }, write) =>
    write.message('condition.message_status.sentence', { block, status }),
  messages: {
    sentence: `{block, select, any {a message of this run} other {the message of {block}}} was {status, select,
      sent {sent} delivered {delivered} opened {opened} other {clicked}}`,
  },
};

/** The statuses that say that a message got as far as this one. */
export function reachedBy(status: MessageStatus): readonly MessageStatus[] {
  return MESSAGE_STATUSES.slice(MESSAGE_STATUSES.indexOf(status));
}

/** IDs of the sends that blocks of a run made, by what they left as results. */
export function sendsOf(results: JsonObject, block: string): ReadonlySet<string> {
  const own = block === 'any' ? Object.values(results) : [results[block]];
  return new Set(own.flatMap((result) => sendOf(result) ?? []));
}

function sendOf(result: Json | undefined): string | undefined {
  if (!isJsonObject(result)) return undefined;
  return typeof result['send'] === 'string' ? result['send'] : undefined;
}

function* factsOf(
  { messages }: Facts,
  action: MessageAction,
  sends: ReadonlySet<string>,
): Generator<MessageAction> {
  const counts = action === 'sent' || action === 'delivered';
  for (const { send, machine } of messages?.get(action) ?? []) {
    if (sends.has(send) && (counts || !machine)) yield action;
  }
}
