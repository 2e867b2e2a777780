import { compilePattern } from '../patterns/compile-pattern.ts';
import { parsePattern } from '../patterns/parse-pattern.ts';
import { postgresPattern } from '../patterns/postgres-pattern.ts';
import type { Pattern } from '../patterns/pattern.ts';
import { searches } from '../patterns/run-pattern.ts';
import { textOf } from '../sql/texts.ts';
import { textSchema } from '../values/scalar.ts';
import { lowerCase, readText } from '../values/text.ts';
import type { PositiveOperator } from './operator.ts';

const patternSchema = textSchema.superRefine((text, context) => {
  const parsed = parsePattern(text);
  if (!parsed.ok) context.addIssue({ code: 'custom', message: parsed.message });
});

/** The pattern is found somewhere in the text. */
export const matches: PositiveOperator<Pattern> = {
  op: 'matches',
  label: 'matches the pattern',
  sentence: '{subject} matches the pattern {value}',
  types: ['text'],
  operand: 'value',
  text: 'pattern',
  zoned: false,
  list: false,
  schema: () => patternSchema,
  read(value) {
    const parsed = parsePattern(readText(value) ?? '');
    return parsed.ok ? parsed.pattern : undefined;
  },
  test(pattern, { ignoreCase }) {
    const isFoundIn = searches(compilePattern(pattern, ignoreCase));
    return (value) => {
      const text = readText(value);
      return text !== undefined && isFoundIn(ignoreCase ? lowerCase(text) : text);
    };
  },
  toSql(pattern, { ignoreCase }, subject, sql) {
    return `${textOf(subject)} collate "C" ~ ${sql.put(postgresPattern(pattern, ignoreCase), 'text')}`;
  },
};
