import type { Category } from '@perennial/contracts';
import { useChannelName } from '@perennial/ui';
import { useIntl } from 'react-intl';
import { useList } from '../../app/data.ts';
import type { CardWords } from './activity-words.ts';
import { fieldLabel } from './field-label.ts';
import { sayValue } from './say-value.ts';
import { useCardFields } from './use-card-fields.ts';

/** How a card says fields, categories, amounts and days. */
export function useCardWords(): CardWords {
  const intl = useIntl();
  const fields = useCardFields();
  const channel = useChannelName();
  const categories = useList<Category>('/categories', { query: { archived: 'true' } });
  const names = new Map(categories.items.map(({ key, name }) => [key, name]));
  return {
    label: (field) => fieldLabel(field, fields),
    value: (value) => (value === null ? '–' : sayValue(value, intl)),
    categories: (keys) => intl.formatList(keys.map((key) => names.get(key) ?? key)),
    channel,
    amount: (total, currency) => intl.formatNumber(total, styleOf(currency)),
    day: (at) => intl.formatDate(at, { day: 'numeric', month: 'short', ...yearOf(at) }),
  };
}

/** Orders of other programs name currencies that there are not. */
function styleOf(currency: string | null) {
  return currency && /^[A-Z]{3}$/i.test(currency)
    ? ({ style: 'currency', currency } as const)
    : { minimumFractionDigits: 2 };
}

/** The year is said where it is another one. */
function yearOf(at: string): { year?: 'numeric' } {
  return new Date(at).getFullYear() === new Date().getFullYear() ? {} : { year: 'numeric' };
}
