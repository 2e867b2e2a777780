import { englishMessages, sentence, contactConditions, type Node } from '@perennial/conditions';
import type { Category, Field, Segment } from '@perennial/contracts';
import { useCallback, useMemo } from 'react';
import { useIntl } from 'react-intl';
import { useList } from '../../../app/data.ts';
import { useText } from '../../../app/text.tsx';
import { valueWord } from '../value-words.ts';
import type { FilterNode } from './filter.ts';
import { withLabels } from './with-labels.ts';
import { subjectsOf, type Subject } from './subjects.ts';

const messages = englishMessages(contactConditions);

export interface ConditionWords {
  fields: readonly Field[];
  subjects: readonly Subject[];
  segments: readonly Segment[];
  categories: readonly Category[];
  /** A condition as a sentence; what cannot be said stands as it is written. */
  say: (node: FilterNode) => string;
  operatorLabel: (op: string) => string;
  /** False until the names are there. */
  ready: boolean;
}

/** Says conditions with the names that the workspace gave its fields, lists and categories. */
export function useConditionWords(): ConditionWords {
  const intl = useIntl();
  const t = useText();
  const fields = useList<Field>('/fields', { query: { limit: 500 } });
  const segments = useList<Segment>('/segments', { query: { limit: 500 } });
  const categories = useList<Category>('/categories', { query: { limit: 500 } });
  const subjects = useMemo(
    () => subjectsOf(fields.items, t, (field, value) => valueWord(field, value, intl)),
    [fields.items, t, intl],
  );
  const say = useCallback(
    (node: FilterNode) => {
      try {
        return sentence(withLabels(node, subjects) as unknown as Node, {
          types: contactConditions,
          names: {
            field: (name) => labelOf(subjects, `field:${name}`) ?? name.replace(/^custom\./, ''),
            segment: (id) => `“${segments.items.find((each) => each.id === id)?.name ?? id}”`,
            category: (key) =>
              `“${categories.items.find((each) => each.key === key)?.name ?? key}”`,
            channel: (name) =>
              intl.formatMessage({ id: `ui.channel.${name}`, defaultMessage: name }),
            moment: (value) => intl.formatDate(value, { dateStyle: 'medium' }),
          },
          format: (key, values) =>
            intl.formatMessage({ id: key, defaultMessage: messages[key] ?? key }, { ...values }),
        });
      } catch {
        return JSON.stringify(node);
      }
    },
    [intl, subjects, segments.items, categories.items],
  );
  return {
    fields: fields.items,
    subjects,
    segments: segments.items,
    categories: categories.items,
    say,
    operatorLabel: (op) => {
      const id = `operator.${op}.label`;
      return intl.formatMessage({ id, defaultMessage: messages[id] ?? op });
    },
    ready: !fields.loading && !segments.loading && !categories.loading,
  };
}

function labelOf(subjects: readonly Subject[], key: string): string | undefined {
  return subjects.find((subject) => subject.key === key)?.label;
}
