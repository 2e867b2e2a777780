import type { ReactNode } from 'react';
import type { FieldSubject } from '../../../conditions/vocabulary.ts';
import { choiceLiteral, NumberLiteral, TextLiteral, type LiteralProps } from './literals.tsx';
import { MomentLiteral } from './MomentLiteral.tsx';
import { ListLiteral } from './ListLiteral.tsx';

/** The control of a value that a field is to hold. */
export function literalFor(
  field: FieldSubject | undefined,
  yesNo: readonly { value: string; label: string }[],
): (props: LiteralProps) => ReactNode {
  if (field?.kind === 'number') return NumberLiteral;
  if (field?.kind === 'moment') return MomentLiteral;
  if (field?.kind === 'list') return ListLiteral(field.choices);
  if (field?.kind === 'boolean') return booleanLiteral(yesNo);
  return field?.choices ? choiceLiteral(field.choices) : TextLiteral;
}

/** Yes or no is chosen as a text and kept as what it is. */
function booleanLiteral(yesNo: readonly { value: string; label: string }[]) {
  const Choice = choiceLiteral(yesNo);
  return function BooleanLiteral(props: LiteralProps): ReactNode {
    return Choice({
      ...props,
      onChange: (chosen) => props.onChange(chosen === undefined ? undefined : chosen === 'true'),
    });
  };
}
