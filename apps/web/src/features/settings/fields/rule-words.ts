import type { Field } from '@perennial/contracts';
import type { Say } from '../../../app/text.tsx';

/** What a field asks of its values, a phrase each. */
export function ruleWords({ rules }: Pick<Field, 'rules'>, t: Say): string[] {
  const { min, max, max_length: longest, pattern, anniversary } = rules;
  return [
    min === undefined ? null : t('settings.fields.rule.min', { min }),
    max === undefined ? null : t('settings.fields.rule.max', { max }),
    longest === undefined ? null : t('settings.fields.rule.maxLength', { n: longest }),
    pattern === undefined ? null : t('settings.fields.rule.pattern', { pattern }),
    anniversary ? t('settings.fields.rule.anniversary') : null,
  ].filter((words) => words !== null);
}
