import { z } from 'zod';
import type { CheckContext } from '../check/context.ts';
import { parseWith, quoted } from '../check/report.ts';
import { condensedKeyOf } from '../condensed/condensed-question.ts';
import type { JsonObject } from '../json.ts';
import { measuredSql } from '../sql/measured.ts';
import { stableJson } from '../stable-json.ts';
import { cleanText } from '../values/text.ts';
import { whereShape } from '../where/where.ts';
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
  readsContents,
} from './measured.ts';

/** What the contact did. */
export interface EventCondition extends Measured {
  readonly type: 'event';
  /** Key of the event type. */
  readonly event: string;
}

const nameSchema = z.string({ error: expectedName }).min(1, { error: expectedName });

function expectedName(): string {
  return 'expected the key of an event type';
}

const members = { type: z.literal('event'), event: nameSchema, ...measuredMembers };

const shellSchema = z.strictObject({ ...members, where: z.unknown().optional() });

/** A measure of the contact's events of one type in a period. */
export const event: ConditionType<EventCondition> = {
  type: 'event',
  schema: z.strictObject({ ...members, where: whereShape.optional() }),
  check: checkEvent,
  compile(condition, { operands }) {
    let key: string | undefined;
    const keyOf = () => (key ??= condensedKeyOf(condition));
    return compileMeasured(condition, {
      operands,
      factsOf: ({ events }) => events.get(condition.event) ?? [],
      condensedOf: ({ condensed }) => condensed?.get(keyOf() ?? ''),
    });
  },
  toSql: (condition, context) =>
    measuredSql(
      {
        key: stableJson(event.canonical(condition)),
        condition,
        factsIn: (sources) => sources.events?.(condition.event),
        keptIn: (sources, at) => sources.keptEvents?.(condition.event, at),
      },
      context,
    ),
  need(condition, needs) {
    needs.events(condition.event, needMeasured(condition, needs));
    if (readsContents(condition)) needs.contents(condition.event);
  },
  canonical: (condition) => ({
    type: 'event',
    event: condition.event,
    ...canonicalMeasured(condition),
  }),
  sentence: (condition, write) => measuredSentence(condition, actsOf(condition, write), write),
  denial: (condition, write) => measuredDenial(condition, actsOf(condition, write), write),
  messages: { done: 'did {event}', undone: 'did not do {event}' },
};

function checkEvent(input: JsonObject, context: CheckContext): EventCondition | undefined {
  const shell = parseWith(shellSchema, input, context.report);
  const checked = checkMeasured(shell as EventCondition | undefined, input, context);
  if (!checked) return undefined;
  const key = cleanText(checked.event);
  if (context.events && !context.events(key)) {
    context.report.at('event').warn(`no event of the type ${quoted(key)} has come yet`);
  }
  return { ...checked, event: key };
}

function actsOf({ event: key }: EventCondition, write: Write) {
  const words = { event: write.event(key) };
  return {
    done: write.message('condition.event.done', words),
    undone: write.message('condition.event.undone', words),
  };
}
