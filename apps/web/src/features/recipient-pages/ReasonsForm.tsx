import { ActionIcon, Button, Select, TextInput, Tooltip } from '@mantine/core';
import type { PageLanguage } from '@perennial/contracts';
import { Panel } from '@perennial/ui';
import { IconArrowDown, IconArrowUp, IconPlus, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useText } from '../../app/text.tsx';
import { repeatedReasons, type DraftReason } from './pages-draft.ts';
import { useLanguages } from './use-languages.ts';
import classes from './RecipientPages.module.css';

const MOST = 20;

interface ReasonsFormProps {
  value: DraftReason[];
  language: PageLanguage;
  /** In which the workspace writes its reasons. */
  ownLanguage: string;
  readOnly: boolean;
  onLanguage: (language: PageLanguage) => void;
  onChange: (value: DraftReason[]) => void;
}

/** What whoever leaves may choose from, each with its translation into one language at a time. */
export function ReasonsForm(props: ReasonsFormProps) {
  const { value, language, ownLanguage, readOnly, onLanguage, onChange } = props;
  const t = useText();
  const languages = useLanguages();
  const repeated = repeatedReasons(value);
  const label = languages.find((each) => each.value === language)?.label ?? language;
  const change = (id: number, part: Partial<DraftReason>) =>
    onChange(value.map((reason) => (reason.id === id ? { ...reason, ...part } : reason)));
  const add = () => {
    const id = Math.max(-1, ...value.map((reason) => reason.id)) + 1;
    onChange([...value, { id, text: '', translations: {}, formerly: [] }]);
  };
  return (
    <Panel title={t('pages.tab.reasons')}>
      <div className={classes.stack}>
        <p className={classes.hint}>
          {value.length === 0 ? t('pages.reasons.empty') : t('pages.reasons.hint')}
        </p>
        {value.length > 0 ? (
          <Select
            className={classes.narrow ?? ''}
            label={t('pages.reasons.translate')}
            data={languages.map((each) =>
              each.value === ownLanguage
                ? { ...each, label: t('pages.reasons.ownWords', { language: each.label }) }
                : each,
            )}
            value={language}
            allowDeselect={false}
            onChange={(next) => next && onLanguage(next)}
          />
        ) : null}
        <ol className={classes.reasons}>
          {value.map((reason, index) => (
            <li key={reason.id} className={classes.reason}>
              <div className={classes.reasonTexts}>
                <TextInput
                  aria-label={t('pages.reasons.text', { number: index + 1 })}
                  placeholder={t('pages.reasons.text', { number: index + 1 })}
                  value={reason.text}
                  maxLength={200}
                  readOnly={readOnly}
                  dir="auto"
                  autoFocus={reason.text === '' && reason.saved === undefined}
                  error={repeated.has(reason.id) ? t('pages.reasons.twice') : null}
                  onChange={(event) => change(reason.id, { text: event.currentTarget.value })}
                />
                {language === ownLanguage ? null : (
                  <TextInput
                    aria-label={t('pages.reasons.translation', { language: label })}
                    placeholder={t('pages.reasons.translation', { language: label })}
                    value={reason.translations[language] ?? ''}
                    maxLength={200}
                    readOnly={readOnly}
                    lang={language}
                    dir="auto"
                    onChange={(event) => {
                      const translations = {
                        ...reason.translations,
                        [language]: event.currentTarget.value,
                      };
                      change(reason.id, { translations });
                    }}
                  />
                )}
              </div>
              {readOnly ? null : (
                <div className={classes.reasonActions}>
                  <RowAction
                    label={t('pages.reasons.up', { reason: reason.text })}
                    disabled={index === 0}
                    onClick={() => onChange(moved(value, index, index - 1))}
                  >
                    <IconArrowUp size={16} />
                  </RowAction>
                  <RowAction
                    label={t('pages.reasons.down', { reason: reason.text })}
                    disabled={index === value.length - 1}
                    onClick={() => onChange(moved(value, index, index + 1))}
                  >
                    <IconArrowDown size={16} />
                  </RowAction>
                  <RowAction
                    label={t('pages.reasons.remove', { reason: reason.text })}
                    onClick={() => onChange(value.filter(({ id }) => id !== reason.id))}
                  >
                    <IconX size={16} />
                  </RowAction>
                </div>
              )}
            </li>
          ))}
        </ol>
        {readOnly ? null : (
          <div>
            <Button
              variant="default"
              leftSection={<IconPlus size={16} />}
              disabled={value.length >= MOST}
              onClick={add}
            >
              {t('pages.reasons.add')}
            </Button>
          </div>
        )}
      </div>
    </Panel>
  );
}

interface RowActionProps {
  label: string;
  disabled?: boolean;
  onClick: () => void;
  children: ReactNode;
}

function RowAction({ label, disabled, onClick, children }: RowActionProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={32}
        aria-label={label}
        disabled={disabled ?? false}
        onClick={onClick}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  );
}

function moved<Item>(items: readonly Item[], from: number, to: number): Item[] {
  const others = items.filter((_, index) => index !== from);
  return [...others.slice(0, to), items[from]!, ...others.slice(to)];
}
