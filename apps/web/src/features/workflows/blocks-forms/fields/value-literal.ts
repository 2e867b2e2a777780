import type { ReactNode } from 'react';
import type { Say } from '../../../../app/text.tsx';
import type { FieldSubject } from '../../../conditions/vocabulary.ts';
import { choiceLiteral, NumberLiteral, TextLiteral, type LiteralProps } from './literals.tsx';
import { MomentLiteral } from './MomentLiteral.tsx';
import { ListLiteral } from './ListLiteral.tsx';

/** The control of a value that a field is to hold. */
export function literalFor(
  field: FieldSubject | undefined,
  t: Say,
): (props: LiteralProps) => ReactNode {
  if (field?.kind === 'number') return NumberLiteral;
  if (field?.kind === 'moment') return MomentLiteral;
  if (field?.kind === 'list') return ListLiteral(field.choices);
  if (field?.kind === 'boolean') return booleanLiteral(t);
  return field?.choices ? choiceLiteral(field.choices) : TextLiteral;
}

/** Yes or no is chosen as a text and kept as what it is. */
function booleanLiteral(t: Say) {
  const Choice = choiceLiteral([
    { value: 'true', label: t('ui.yes') },
    { value: 'false', label: t('ui.no') },
  ]);
  return function BooleanLiteral(props: LiteralProps): ReactNode {
    return Choice({
      ...props,
      onChange: (chosen) => props.onChange(chosen === undefined ? undefined : chosen === 'true'),
    });
  };
}
