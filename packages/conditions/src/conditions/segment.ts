import { z } from 'zod';
import type { CheckContext, SegmentCatalogue } from '../check/context.ts';
import { parseWith, quoted } from '../check/report.ts';
import { instantText } from '../time/instant-text.ts';
import type { ConditionType } from './condition-type.ts';
import { never } from './never.ts';

const schema = z.strictObject({
  type: z.literal('segment'),
  /** The ID of a list or a dynamic segment, as the API writes it. */
  segment: z.string().regex(/^[1-9]\d{0,15}$/, 'expected the ID of a segment, in quotes'),
});

/** Being a member of a segment now. */
export type SegmentMembership = z.infer<typeof schema>;

/** Membership of a list or of another segment, by its kept members. */
export const segment: ConditionType<SegmentMembership> = {
  type: 'segment',
  schema,
  check(input, context) {
    const condition = parseWith(schema, input, context.report);
    const refusal = condition && whyNot(condition.segment, context);
    if (refusal === undefined) return condition;
    context.report.at('segment').add(refusal);
    return undefined;
  },
  compile:
    ({ segment: id }) =>
    ({ segments }) => {
      const since = segments?.get(id);
      const result = since !== undefined;
      return {
        result,
        values: () => ({ since: result ? instantText(since) : null }),
        // By its kept members: what time does to the other segment is a change of data here.
        changesAt: never,
      };
    },
  toSql: ({ segment: id }, { sql }) => sql.sources.segment?.(id) ?? 'false',
  need: ({ segment: id }, needs) => needs.segment(id),
  canonical: ({ segment: id }) => ({ type: 'segment', segment: id }),
  sentence: ({ segment: id }, write) =>
    write.message('condition.segment.sentence', { segment: write.segment(id) }),
  denial: ({ segment: id }, write) =>
    write.message('condition.segment.denial', { segment: write.segment(id) }),
  several(conditions, which, write) {
    const names = conditions.map(({ segment: id }) => write.segment(id));
    const segments = which === 'any' ? write.any(names) : write.all(names);
    return write.message(`condition.segment.${which}`, { segments });
  },
  messages: {
    sentence: 'is in {segment}',
    denial: 'is not in {segment}',
    any: 'is in {segments}',
    none: 'is in none of {segments}',
  },
};

function whyNot(id: string, { segments, self }: CheckContext): string | undefined {
  if (!segments) return undefined;
  const found = segments(id);
  if (!found) return `there is no segment ${quoted(id)}`;
  if (typeof found === 'object' && found.usesEvent) {
    return `${nameOf(id, segments)} takes values from an event, so it has no members of its own`;
  }
  const cycle = self === undefined ? undefined : pathBetween(id, self, segments);
  if (!cycle || self === undefined) return undefined;
  const names = [self, ...cycle].map((each) => nameOf(each, segments));
  return `this segment would depend on itself: ${names.join(' → ')}`;
}

/** The segments on a way from one to another that its definition leads to, if there is one. */
function pathBetween(
  from: string,
  to: string,
  segments: SegmentCatalogue,
  seen: Set<string> = new Set(),
): string[] | undefined {
  if (from === to) return [to];
  if (seen.has(from)) return undefined;
  seen.add(from);
  const found = segments(from);
  const named = typeof found === 'object' ? (found.segments ?? []) : [];
  for (const next of named) {
    const rest = pathBetween(next, to, segments, seen);
    if (rest) return [from, ...rest];
  }
  return undefined;
}

function nameOf(id: string, segments: SegmentCatalogue): string {
  const found = segments(id);
  return quoted((typeof found === 'object' ? found.name : undefined) ?? `segment ${id}`);
}
