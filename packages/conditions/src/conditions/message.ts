import { z } from 'zod';
import type { CheckContext } from '../check/context.ts';
import { parseWith } from '../check/report.ts';
import { type Facts, MESSAGE_ACTIONS, type MessageFact } from '../facts.ts';
import type { JsonObject } from '../json.ts';
import { expectedOneOf } from '../periods/parts.ts';
import { measuredSql } from '../sql/measured.ts';
import { stableJson } from '../stable-json.ts';
import { leavesOf } from '../tree.ts';
import type { SubjectType } from '../values/value-types.ts';
import { type WhereSubjects, whereShapeOf } from '../where/where.ts';
import type { Write } from '../sentences/write.ts';
import type { ConditionType } from './condition-type.ts';
import {
  type Measured,
  canonicalMeasured,
  checkMeasured,
  compileMeasured,
  measuredMembers,
  measuredDenial,
  measuredSentence,
  needMeasured,
} from './measured.ts';

const members = {
  type: z.literal('message'),
  action: z.enum(MESSAGE_ACTIONS, { error: expectedOneOf(MESSAGE_ACTIONS) }),
  machine: z.boolean().optional(),
  ...measuredMembers,
};

const shellSchema = z.strictObject({ ...members, where: z.unknown().optional() });

/** What happened to the messages that were sent to the contact. */
export interface MessageCondition extends Measured {
  readonly type: 'message';
  readonly action: (typeof MESSAGE_ACTIONS)[number];
  /** Whether what machines did counts too; absent: no. */
  readonly machine?: boolean | undefined;
}

/** What `where` may name. */
const SUBJECTS: Readonly<Record<string, SubjectType>> = {
  channel: 'text',
  message: 'text',
  tag: 'list',
  'tag[]': 'text',
  campaign: 'text',
  workflow: 'text',
  language: 'text',
  category: 'list',
  'category[]': 'text',
  url: 'text',
  opened: 'boolean',
  clicked: 'boolean',
};

/** The types of what `where` may name. */
export const messageSubjects: WhereSubjects = {
  typeOf: (path) => (Object.hasOwn(SUBJECTS, path) ? SUBJECTS[path] : undefined),
  names: Object.keys(SUBJECTS),
};

/** A measure of what happened to the contact's messages in a period; a send counts once. */
export const message: ConditionType<MessageCondition> = {
  type: 'message',
  schema: z.strictObject({ ...members, where: whereShapeOf(messageSubjects).optional() }),
  check: checkMessage,
  compile: (condition, { operands }) =>
    compileMeasured<MessageFact>(condition, {
      operands,
      factsOf: factsOf(condition),
      countedBy: ({ send }) => send,
      subjects: messageSubjects,
    }),
  toSql: (condition, context) =>
    measuredSql(
      {
        key: stableJson(message.canonical(condition)),
        condition,
        factsIn: ({ messages }) => messages?.(condition.action, condition.machine ?? false),
        subjects: messageSubjects,
      },
      context,
    ),
  need(condition, needs) {
    needs.messages(condition.action, needMeasured(condition, needs));
    for (const { param } of condition.where ? leavesOf(condition.where) : []) {
      if (param === 'opened' || param === 'clicked') needs.outcome(param);
    }
  },
  canonical: (condition) => ({
    type: 'message',
    action: condition.action,
    ...canonicalMeasured(condition),
    ...(condition.machine ? { machine: true } : {}),
  }),
  sentence: (condition, write) =>
    measuredSentence(condition, actsOf(condition, write), naming(write)),
  denial: (condition, write) => measuredDenial(condition, actsOf(condition, write), naming(write)),
  messages: {
    done: `{action, select,
      sent {was sent a message}
      delivered {received a message}
      opened {opened a message}
      clicked {clicked a link in a message}
      undelivered {had a message that could not be delivered}
      unsubscribed {unsubscribed through a message}
      other {complained about a message}
    }{machine, select, yes { (machines count too)} other {}}`,
    undone: `{action, select,
      sent {was not sent a message}
      delivered {did not receive a message}
      opened {did not open a message}
      clicked {did not click a link in a message}
      undelivered {had no message that could not be delivered}
      unsubscribed {did not unsubscribe through a message}
      other {did not complain about a message}
    }{machine, select, yes { (machines count too)} other {}}`,
  },
};

function checkMessage(input: JsonObject, context: CheckContext): MessageCondition | undefined {
  const shell = parseWith(shellSchema, input, context.report);
  return checkMeasured(shell as MessageCondition | undefined, input, context, messageSubjects);
}

function factsOf({ action, machine = false }: MessageCondition) {
  return ({ messages }: Facts): readonly MessageFact[] => {
    const found = messages?.get(action) ?? [];
    return machine ? found : found.filter((fact) => !fact.machine);
  };
}

function actsOf({ action, machine }: MessageCondition, write: Write) {
  const words = { action, machine: machine ? 'yes' : 'no' };
  return {
    done: write.message('condition.message.done', words),
    undone: write.message('condition.message.undone', words),
  };
}

/** Values of some members are IDs and keys of things that have names. */
function naming(write: Write): Write {
  const names: Readonly<Record<string, (value: string) => string>> = {
    message: (id) => write.name('message', id),
    workflow: (id) => write.name('workflow', id),
    campaign: (id) => write.name('campaign', id),
    channel: write.channel,
    category: write.category,
    'category[]': write.category,
  };
  return { ...write, nameOfValue: (param) => names[param] };
}
