import { ActionIcon, Autocomplete, Button, Select, TextInput, Tooltip } from '@mantine/core';
import { ON_FETCH_FAILURE, ON_MISSING, type Personalisation } from '@perennial/contracts';
import { IconX } from '@tabler/icons-react';
import { useState, type FormEvent } from 'react';
import { useIntl } from 'react-intl';
import { useText } from '../../../app/text.tsx';
import type { MessageContent } from '../message.ts';
import { useVariables } from '../use-variables.ts';
import {
  fetchesContent,
  VARIABLE,
  withFallback,
  withoutFallback,
  writtenVariables,
} from './fallbacks.ts';
import classes from './Personalisation.module.css';

interface PersonalisationFieldsProps {
  value: Personalisation;
  content: Record<string, MessageContent>;
  language: string;
  defaultLanguage: string;
  readOnly: boolean;
  onChange: (value: Personalisation) => void;
}

/** What the message does where it cannot be filled in for somebody. Folded away. */
export function PersonalisationFields(props: PersonalisationFieldsProps) {
  const { value, content, readOnly, onChange } = props;
  const t = useText();
  const change = (part: Partial<Personalisation>) => onChange({ ...value, ...part });
  const asksForFetch = fetchesContent(content) || value.on_fetch_failure !== 'retry';
  return (
    <details className={classes.summary}>
      <summary>
        {t('messages.personalisation.title')}
        <span className={classes.chosen}>{useChosen(value)}</span>
      </summary>
      <div className={classes.fields}>
        <Select
          label={t('messages.personalisation.onMissing')}
          description={t('messages.personalisation.onMissing.hint')}
          data={ON_MISSING.map((each) => ({
            value: each,
            label: t(`messages.personalisation.onMissing.${each}`),
          }))}
          value={value.on_missing}
          allowDeselect={false}
          readOnly={readOnly}
          onChange={(next) => next && change({ on_missing: next })}
        />
        {asksForFetch ? (
          <Select
            label={t('messages.personalisation.onFetch')}
            description={t('messages.personalisation.onFetch.hint')}
            data={ON_FETCH_FAILURE.map((each) => ({
              value: each,
              label: t(`messages.personalisation.onFetch.${each}`),
            }))}
            value={value.on_fetch_failure}
            allowDeselect={false}
            readOnly={readOnly}
            onChange={(next) => next && change({ on_fetch_failure: next })}
          />
        ) : null}
        <FallbackList {...props} onFallbacks={(fallbacks) => change({ fallbacks })} />
      </div>
    </details>
  );
}

/** What differs from the usual, in a few words. */
function useChosen({ on_missing: onMissing, fallbacks }: Personalisation): string {
  const t = useText();
  const count = Object.keys(fallbacks).length;
  const said = [
    onMissing === 'dont_send' ? t('messages.personalisation.onMissing.dont_send.short') : '',
    count > 0 ? t('messages.personalisation.fallbacks.count', { count }) : '',
  ].filter(Boolean);
  return said.length > 0 ? said.join(' · ') : t('messages.personalisation.usual');
}

type FallbackListProps = PersonalisationFieldsProps & {
  onFallbacks: (fallbacks: Personalisation['fallbacks']) => void;
};

/** Of each variable the text in the language that is being written. */
function FallbackList(props: FallbackListProps) {
  const { value, language, defaultLanguage, readOnly, onFallbacks } = props;
  const t = useText();
  const { formatDisplayName } = useIntl();
  const nameOf = (tag: string) => formatDisplayName(tag, { type: 'language', fallback: 'code' });
  const { fallbacks } = value;
  return (
    <div className={classes.fallbacks}>
      <div>
        <div className={classes.heading}>
          {t('messages.personalisation.fallbacks', { language: nameOf(language) ?? language })}
        </div>
        <div className={classes.hint}>{t('messages.personalisation.fallbacks.hint')}</div>
      </div>
      {Object.entries(fallbacks).map(([variable, texts]) => (
        <div key={variable} className={classes.fallback}>
          <code className={classes.variable} title={variable}>
            {variable}
          </code>
          <TextInput
            className={classes.text ?? ''}
            aria-label={t('messages.personalisation.fallbacks.text', { variable })}
            value={texts[language] ?? ''}
            placeholder={inherited(texts)}
            error={
              texts[defaultLanguage] === undefined && Object.keys(texts).length > 0
                ? t('messages.personalisation.fallbacks.needed', {
                    language: nameOf(defaultLanguage) ?? defaultLanguage,
                  })
                : null
            }
            maxLength={500}
            readOnly={readOnly}
            dir="auto"
            onChange={(event) => {
              const text = event.currentTarget.value;
              onFallbacks(withFallback(fallbacks, { variable, language, text }));
            }}
          />
          {readOnly ? null : (
            <Tooltip label={t('messages.personalisation.fallbacks.remove', { variable })}>
              <ActionIcon
                variant="subtle"
                color="gray"
                size={32}
                aria-label={t('messages.personalisation.fallbacks.remove', { variable })}
                onClick={() => onFallbacks(withoutFallback(fallbacks, variable))}
              >
                <IconX size={16} />
              </ActionIcon>
            </Tooltip>
          )}
        </div>
      ))}
      {readOnly ? null : <AddFallback {...props} />}
    </div>
  );

  function inherited(texts: Record<string, string>): string {
    const text = texts[defaultLanguage];
    const from = nameOf(defaultLanguage) ?? defaultLanguage;
    if (text === undefined) {
      return t('messages.personalisation.fallbacks.needed', { language: from });
    }
    if (language === defaultLanguage) return '';
    return t('messages.personalisation.fallbacks.inherits', { text, language: from });
  }
}

/** Offers what the message writes first, then everything else that it could. */
function AddFallback({ value, content, language, onFallbacks }: FallbackListProps) {
  const t = useText();
  const [typed, setTyped] = useState('');
  const known = useVariables();
  const { fallbacks } = value;
  const written = writtenVariables(content[language] ?? {});
  const offered = [...new Set([...written, ...known])].filter(
    (name) => name.includes('.') && !Object.hasOwn(fallbacks, name),
  );
  const variable = typed.trim();
  const add = (event: FormEvent) => {
    event.preventDefault();
    if (!VARIABLE.test(variable)) return;
    onFallbacks({ ...fallbacks, [variable]: fallbacks[variable] ?? {} });
    setTyped('');
  };
  return (
    <form className={classes.fallback} onSubmit={add}>
      <Autocomplete
        className={classes.text ?? ''}
        label={t('messages.personalisation.fallbacks.add')}
        placeholder={written[0] ?? t('messages.personalisation.fallbacks.placeholder')}
        data={offered}
        limit={20}
        value={typed}
        onChange={setTyped}
      />
      <Button type="submit" variant="default" disabled={!VARIABLE.test(variable)}>
        {t('messages.personalisation.fallbacks.addButton')}
      </Button>
    </form>
  );
}
