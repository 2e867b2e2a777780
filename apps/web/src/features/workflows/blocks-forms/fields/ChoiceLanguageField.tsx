import type { ListedMessage } from '@perennial/contracts';
import { useIntl } from 'react-intl';
import { useList } from '../../../../app/data.ts';
import { useText } from '../../../../app/text.tsx';
import { NamedSelect } from './NamedSelect.tsx';

interface ChoiceLanguageFieldProps {
  channel: string;
  value: unknown;
  onChange: (language: string | undefined) => void;
  error: string | undefined;
}

/** In which language whatever is chosen goes, of those in which messages of the channel are written. */
export function ChoiceLanguageField(props: ChoiceLanguageFieldProps) {
  const { channel, value, onChange, error } = props;
  const t = useText();
  const intl = useIntl();
  const { items } = useList<ListedMessage>('/messages', {
    query: { channel, content: false, limit: 100 },
  });
  const kept = typeof value === 'string' ? [value] : [];
  const codes = [...new Set([...items.flatMap(({ languages }) => languages), ...kept])];
  // Nothing to choose, and nothing chosen.
  if (codes.length < 2 && value === undefined) return null;
  return (
    <NamedSelect
      clearable
      label={t('blockForms.message.language')}
      placeholder={t('blockForms.message.language.contact')}
      options={codes.map((code) => ({
        value: code,
        label: intl.formatDisplayName(code, { type: 'language' }) ?? code,
      }))}
      value={value}
      onChange={onChange}
      error={error}
    />
  );
}
