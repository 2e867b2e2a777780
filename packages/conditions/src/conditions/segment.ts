import { z } from 'zod';
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
  check(input, { report, segments }) {
    const condition = parseWith(schema, input, report);
    if (!condition || !segments || segments(condition.segment)) return condition;
    report.at('segment').add(`there is no segment ${quoted(condition.segment)}`);
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
  messages: { sentence: 'is in {segment}' },
};
