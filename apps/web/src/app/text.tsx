import { useCallback, type ReactNode } from 'react';
import { useIntl } from 'react-intl';
import type { TextId } from './catalogue.ts';

export type TextValues = Record<string, string | number | boolean | Date | null | undefined>;
export type Say = (id: TextId, values?: TextValues) => string;

/** The text with an id of the catalogue, in the user's language. */
export function useText(): Say {
  const intl = useIntl();
  return useCallback<Say>((id, values) => intl.formatMessage({ id }, values), [intl]);
}

type RichValues = Record<string, ReactNode | Date | ((chunks: ReactNode[]) => ReactNode)>;

/** A text with components inside: a value is a node, or a function of what its tag holds. */
export function Rich({ id, values }: { id: TextId; values: RichValues }): ReactNode {
  const intl = useIntl();
  return intl.formatMessage({ id }, values as never) as ReactNode;
}
