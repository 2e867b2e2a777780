import type { Json } from '../json.ts';
import { textSchema } from '../values/scalar.ts';
import { lowerCase, readText } from '../values/text.ts';
import type { PositiveOperator } from './operator.ts';

/** Says whether a text passes for a part that is looked for in it. */
type TextTest = (text: string, part: string) => boolean;

/** An operator that looks for one text in another, by code points. */
export function textOperator(
  words: Pick<PositiveOperator, 'op' | 'label' | 'sentence'>,
  passes: TextTest,
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
