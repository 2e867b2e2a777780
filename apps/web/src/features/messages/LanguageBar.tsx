import { ActionIcon, Menu, Select, Tooltip, UnstyledButton } from '@mantine/core';
import { IconDots, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import { useText } from '../../app/text.tsx';
import { languagesOf, withLanguage, withoutLanguage, type MessageDraft } from './message-draft.ts';
import { offeredLanguages } from './offered-languages.ts';
import classes from './MessageEditor.module.css';

interface LanguageBarProps {
  draft: MessageDraft;
  language: string;
  readOnly: boolean;
  onLanguage: (language: string) => void;
  onDraft: (draft: MessageDraft) => void;
}

/** Versions of the message by language; adds, removes, chooses the default. */
export function LanguageBar({ draft, language, readOnly, onLanguage, onDraft }: LanguageBarProps) {
  const t = useText();
  const name = useLanguageName();
  return (
    <div className={classes.languages} role="group" aria-label={t('messages.language')}>
      {languagesOf(draft).map((tag) => (
        <UnstyledButton
          key={tag}
          className={classes.language}
          aria-pressed={tag === language}
          onClick={() => onLanguage(tag)}
        >
          {name(tag)}
          {tag === draft.default_language ? (
            <span className={classes.default}>{t('messages.language.default')}</span>
          ) : null}
        </UnstyledButton>
      ))}
      {readOnly ? null : (
        <>
          <AddLanguage
            taken={Object.keys(draft.content)}
            onAdd={(tag) => {
              onDraft(withLanguage(draft, tag));
              onLanguage(tag);
            }}
          />
          {language === draft.default_language ? null : (
            <LanguageMenu
              name={name(language)}
              onDefault={() => onDraft({ ...draft, default_language: language })}
              onRemove={() => {
                onLanguage(draft.default_language);
                onDraft(withoutLanguage(draft, language));
              }}
            />
          )}
        </>
      )}
    </div>
  );
}

function useLanguageName(): (tag: string) => string {
  const intl = useIntl();
  return (tag) => intl.formatDisplayName(tag, { type: 'language', fallback: 'code' }) ?? tag;
}

interface AddLanguageProps {
  taken: readonly string[];
  onAdd: (tag: string) => void;
}

function AddLanguage({ taken, onAdd }: AddLanguageProps) {
  const t = useText();
  const name = useLanguageName();
  const [asking, setAsking] = useState(false);
  if (!asking) {
    return (
      <Tooltip label={t('messages.language.add')}>
        <ActionIcon aria-label={t('messages.language.add')} onClick={() => setAsking(true)}>
          <IconPlus size={16} />
        </ActionIcon>
      </Tooltip>
    );
  }
  return (
    <Select
      size="xs"
      w={180}
      autoFocus
      searchable
      defaultDropdownOpened
      aria-label={t('messages.language.search')}
      placeholder={t('messages.language.search')}
      data={offeredLanguages
        .filter((tag) => !taken.includes(tag))
        .map((tag) => ({ value: tag, label: `${name(tag)} (${tag})` }))}
      onChange={(tag) => {
        setAsking(false);
        if (tag) onAdd(tag);
      }}
      onDropdownClose={() => setAsking(false)}
    />
  );
}

interface LanguageMenuProps {
  name: string;
  onDefault: () => void;
  onRemove: () => void;
}

function LanguageMenu({ name, onDefault, onRemove }: LanguageMenuProps) {
  const t = useText();
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <ActionIcon aria-label={t('app.more')}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={onDefault}>
          {t('messages.language.makeDefault', { language: name })}
        </Menu.Item>
        <Menu.Item color="red" onClick={onRemove}>
          {t('messages.language.remove', { language: name })}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
