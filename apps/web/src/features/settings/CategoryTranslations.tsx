import { ActionIcon, Select, Textarea, TextInput, Tooltip } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useText } from '../../app/text.tsx';
import { languageName } from '../messages/library/language-name.ts';
import { offeredLanguages } from '../messages/offered-languages.ts';
import type { DraftTranslations } from './category-translations.ts';
import classes from './CategoryTranslations.module.css';

interface CategoryTranslationsProps {
  value: DraftTranslations;
  /** What people read where a language says nothing. */
  otherwise: { name: string; description: string };
  errorAt: (pointer: string) => string | undefined;
  onChange: (value: DraftTranslations) => void;
}

/** What a category is called in other languages, one below the other. */
export function CategoryTranslations(props: CategoryTranslationsProps) {
  const { value, otherwise, errorAt, onChange } = props;
  const t = useText();
  const [added, setAdded] = useState<string>();
  return (
    <fieldset className={classes.field}>
      <legend className={classes.legend}>{t('settings.categories.form.translations')}</legend>
      <p className={classes.hint}>{t('settings.categories.form.translationsHint')}</p>
      {Object.entries(value).map(([tag, words]) => {
        const language = languageName(tag);
        const write = (part: object) => onChange({ ...value, [tag]: { ...words, ...part } });
        return (
          <div key={tag} className={classes.language} role="group" aria-label={language}>
            <TextInput
              label={t('settings.categories.form.nameIn', { language })}
              placeholder={otherwise.name}
              value={words.name ?? ''}
              maxLength={100}
              lang={tag}
              dir="auto"
              autoFocus={tag === added}
              error={errorAt(`/translations/${tag}/name`)}
              onChange={(event) => write({ name: event.currentTarget.value })}
            />
            <Tooltip label={t('settings.categories.form.removeLanguage', { language })}>
              <ActionIcon
                variant="subtle"
                color="gray"
                size={32}
                aria-label={t('settings.categories.form.removeLanguage', { language })}
                onClick={() => onChange(without(value, tag))}
              >
                <IconX size={16} />
              </ActionIcon>
            </Tooltip>
            <Textarea
              aria-label={t('settings.categories.form.descriptionIn', { language })}
              placeholder={otherwise.description || t('settings.categories.form.description')}
              value={words.description ?? ''}
              maxLength={500}
              lang={tag}
              dir="auto"
              autosize
              minRows={1}
              maxRows={4}
              error={errorAt(`/translations/${tag}/description`)}
              onChange={(event) => write({ description: event.currentTarget.value })}
            />
          </div>
        );
      })}
      <Select
        // Begins anew with each language that was added.
        key={Object.keys(value).length}
        className={classes.add ?? ''}
        searchable
        aria-label={t('settings.categories.form.addLanguage')}
        placeholder={t('settings.categories.form.addLanguage')}
        data={offeredLanguages
          .filter((tag) => !Object.hasOwn(value, tag))
          .map((tag) => ({ value: tag, label: `${languageName(tag)} (${tag})` }))}
        onChange={(tag) => {
          if (!tag) return;
          setAdded(tag);
          onChange({ ...value, [tag]: {} });
        }}
      />
    </fieldset>
  );
}

function without(value: DraftTranslations, tag: string): DraftTranslations {
  const { [tag]: _gone, ...rest } = value;
  return rest;
}
