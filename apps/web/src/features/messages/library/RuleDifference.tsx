import type { PersonalisationDifference } from '@perennial/contracts';
import type { TextId } from '../../../app/catalogue.ts';
import { useText, type Say } from '../../../app/text.tsx';
import { languageName } from './language-name.ts';
import { WordDifference } from './WordDifference.tsx';
import classes from './Versions.module.css';

const CHOICES = {
  on_missing: 'messages.personalisation.onMissing',
  on_fetch_failure: 'messages.personalisation.onFetch',
} as const;

/** What two versions do differently where they cannot be filled in. */
export function RuleDifference({ rules }: { rules: readonly PersonalisationDifference[] }) {
  const t = useText();
  if (rules.length === 0) return null;
  return (
    <section className={classes.language}>
      <h2 className={classes.languageName}>{t('messages.personalisation.title')}</h2>
      {rules.map((rule) => (
        <div key={`${rule.rule} ${rule.variable} ${rule.language}`} className={classes.field}>
          <h3 className={classes.fieldName}>{ruleName(rule, t)}</h3>
          <WordDifference
            before={sideWords(rule, 'before', t)}
            after={sideWords(rule, 'after', t)}
          />
        </div>
      ))}
    </section>
  );
}

function ruleName({ rule, variable, language }: PersonalisationDifference, t: Say): string {
  if (rule !== 'fallback') return t(CHOICES[rule]);
  return t('versions.rule.fallback', { variable, language: languageName(language ?? '') });
}

/** A choice by its words in the form, a fallback as it is written. */
function sideWords(
  difference: PersonalisationDifference,
  side: 'before' | 'after',
  t: Say,
): string {
  const { rule, [side]: value } = difference;
  if (rule === 'fallback' || value === null) return value ?? '';
  return t(`${CHOICES[rule]}.${value}` as TextId);
}
