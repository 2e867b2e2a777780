import type { JsonObject } from '@perennial/conditions';
import { useMemo } from 'react';
import { useIntl } from 'react-intl';
import type { TextId } from '../../app/catalogue.ts';
import { useText } from '../../app/text.tsx';
import { isDay } from './days.ts';
import { conditionMessages, sayRule } from './words.ts';
import type { Vocabulary } from './vocabulary.ts';

export interface ConditionWords {
  /** A rule or a condition as a sentence; undefined while it is unfinished. */
  say: (rule: JsonObject) => string | undefined;
  /** What an operator is called. */
  operator: (op: string) => string;
}

/** Says conditions with the names of the workspace, in the user's formats. */
export function useConditionWords(vocabulary: Vocabulary | undefined): ConditionWords {
  const intl = useIntl();
  const t = useText();
  return useMemo(() => {
    const format = (id: string, values: Record<string, string | number>) =>
      intl.formatMessage({ id, defaultMessage: conditionMessages[id] ?? id }, values);
    const moment = (value: string | number) =>
      isDay(value)
        ? intl.formatDate(`${value}T00:00:00Z`, { dateStyle: 'medium', timeZone: 'UTC' })
        : String(value).replace('T', ' ');
    return {
      say: (rule) => vocabulary && sayRule(rule, vocabulary, { format, moment, t }),
      operator: (op) => {
        const own = `conditions.operator.${op}`;
        return Object.hasOwn(intl.messages, own)
          ? t(own as TextId)
          : format(`operator.${op}.label`, {});
      },
    };
    // `t` speaks through `intl`.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [intl, vocabulary]);
}
