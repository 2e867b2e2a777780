import type { Message } from '@perennial/contracts';
import { useIntl } from 'react-intl';
import { useRead } from '../../../../app/data.ts';
import { useText } from '../../../../app/text.tsx';
import { NamedSelect } from './NamedSelect.tsx';

interface LanguageFieldProps {
  /** ID of the message whose languages are meant; empty while none is chosen. */
  message: string;
  value: unknown;
  onChange: (language: string | undefined) => void;
  error: string | undefined;
}

/** In which of the message's languages it goes; usually the contact's. */
export function LanguageField({ message, value, onChange, error }: LanguageFieldProps) {
  const t = useText();
  const intl = useIntl();
  const { data } = useRead<Message>(`/messages/${message}`, { enabled: message !== '' });
  const languages = Object.keys(data?.content ?? {});
  // Nothing to choose, and nothing chosen.
  if (languages.length < 2 && value === undefined) return null;
  return (
    <NamedSelect
      clearable
      label={t('blockForms.message.language')}
      placeholder={t('blockForms.message.language.contact')}
      options={languages.map((code) => ({
        value: code,
        label: intl.formatDisplayName(code, { type: 'language' }) ?? code,
      }))}
      value={value}
      onChange={onChange}
      error={error}
    />
  );
}
