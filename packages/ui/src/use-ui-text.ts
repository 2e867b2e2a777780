import { useIntl } from 'react-intl';
import type { UiTextId } from './texts.ts';

type Values = Record<string, string | number | boolean | Date>;

/** The text of the design system with this id, in the user's language. */
export function useUiText(): (id: UiTextId, values?: Values) => string {
  const intl = useIntl();
  return (id, values) => intl.formatMessage({ id }, values);
}
