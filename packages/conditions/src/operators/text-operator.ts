import type { Json } from '../json.ts';
import { textSchema } from '../values/scalar.ts';
import { lowerCase, readText } from '../values/text.ts';
import type { Sql } from '../sql/sql.ts';
import { comparable, textOf } from '../sql/texts.ts';
import type { PositiveOperator } from './operator.ts';

/** Says whether a text passes for a part that is looked for in it. */
type TextTest = (text: string, part: string) => boolean;

/** The same in SQL, of an expression; the part as it is compared, to be put as a parameter. */
type TextSql = (sql: Sql, expression: string, part: string) => string;

/** An operator that looks for one text in another, by code points. */
export function textOperator(
  words: Pick<PositiveOperator, 'op' | 'label' | 'sentence'>,
  passes: TextTest,
  passesInSql: TextSql,
): PositiveOperator<string> {
  return {
    ...words,
    types: ['text'],
    operand: 'value',
    text: 'part',
    zoned: false,
    list: false,
    schema: () => textSchema,
    read: (value) => readText(value),
    test: (part, { ignoreCase }) => (ignoreCase ? folded(passes, part) : exact(passes, part)),
    toSql(part, { ignoreCase }, subject, sql) {
      const { expression, texts } = comparable(sql, textOf(subject), { texts: [part], ignoreCase });
      return passesInSql(sql, expression, texts[0] as string);
    },
  };
}

function exact(passes: TextTest, part: string): (value: Json | undefined) => boolean {
  return (value) => {
    const text = readText(value);
    return text !== undefined && passes(text, part);
  };
}

function folded(passes: TextTest, part: string): (value: Json | undefined) => boolean {
  const lowerPart = lowerCase(part);
  return (value) => {
    const text = readText(value);
    return text !== undefined && passes(lowerCase(text), lowerPart);
  };
}
