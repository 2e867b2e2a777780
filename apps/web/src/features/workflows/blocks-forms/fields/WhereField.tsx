import type { Json, JsonObject } from '@perennial/conditions';
import { useText } from '../../../../app/text.tsx';
import { useConditionWords } from '../../../conditions/use-condition-words.ts';
import type { Vocabulary } from '../../../conditions/vocabulary.ts';
import { WhereFields } from '../../../conditions/WhereFields.tsx';
import { plainText } from './literals.tsx';
import classes from '../BlocksForms.module.css';

interface WhereFieldProps {
  /** Its type; left out, orders are meant. */
  event?: unknown;
  value: unknown;
  /** Undefined for one that lets every event pass. */
  onChange: (where: Json | undefined) => void;
  error: string | undefined;
  vocabulary: Vocabulary;
}

/** Which events of a type count, by their parameters, or which orders, by their members. */
export function WhereField({ event, value, onChange, error, vocabulary }: WhereFieldProps) {
  const t = useText();
  const words = useConditionWords(vocabulary);
  const condition: JsonObject = {
    ...(event === undefined ? { type: 'order' } : { type: 'event', event: plainText(event) }),
    ...(value !== undefined && { where: value as Json }),
  };
  return (
    <section className={classes.group} aria-label={t('blockForms.where')}>
      <p className={classes.label}>{t('blockForms.where')}</p>
      <WhereFields
        condition={condition}
        onChange={(changed) => onChange(changed['where'])}
        vocabulary={vocabulary}
        words={words}
        // There is no other event that values could be taken from.
        allowsEvent={false}
      />
      {error ? <p className={classes.problem}>{error}</p> : null}
    </section>
  );
}
