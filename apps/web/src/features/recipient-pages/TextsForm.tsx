import { Button, Select, Textarea, TextInput } from '@mantine/core';
import {
  PAGE_TEXT_KEYS,
  type PageLanguage,
  type PageTextKey,
  type PageTextOverrides,
  type RecipientPages,
} from '@perennial/contracts';
import { Panel } from '@perennial/ui';
import { useText } from '../../app/text.tsx';
import { withoutTexts, withText } from './pages-draft.ts';
import { useLanguages } from './use-languages.ts';
import type { PageName } from './use-page-preview.ts';
import classes from './RecipientPages.module.css';

type Group = 'ask' | 'done' | 'preferences' | 'saved' | 'confirm' | 'confirmed';
type Place = 'title' | 'body' | 'intro' | 'why' | 'button' | 'channels';

/** Which page shows the texts of a group. */
const PAGE_OF: Record<Group, PageName> = {
  ask: 'unsubscribe',
  done: 'unsubscribed',
  preferences: 'preferences',
  saved: 'saved',
  confirm: 'confirm',
  confirmed: 'confirmed',
};

interface TextsFormProps {
  value: PageTextOverrides;
  defaults: RecipientPages['defaults'];
  language: PageLanguage;
  readOnly: boolean;
  onLanguage: (language: PageLanguage) => void;
  /** Whoever writes a text sees its page. */
  onPage: (page: PageName) => void;
  onChange: (value: PageTextOverrides) => void;
}

export function TextsForm(props: TextsFormProps) {
  const { value, language, readOnly, onLanguage, onPage, onChange } = props;
  const t = useText();
  const languages = useLanguages();
  const own = Object.keys(value[language] ?? {}).length;
  return (
    <div className={classes.panels}>
      <div className={classes.stack}>
        <div className={classes.row}>
          <Select
            label={t('pages.texts.language')}
            data={languages}
            value={language}
            allowDeselect={false}
            onChange={(next) => next && onLanguage(next)}
          />
          {own > 0 ? (
            <>
              <span className={classes.own}>{t('pages.texts.own', { count: own })}</span>
              {readOnly ? null : (
                <Button
                  variant="subtle"
                  color="gray"
                  onClick={() => onChange(withoutTexts(value, language))}
                >
                  {t('pages.texts.reset')}
                </Button>
              )}
            </>
          ) : null}
        </div>
        <p className={classes.hint}>{t('pages.texts.hint', { placeholder: '{workspace}' })}</p>
      </div>
      {groups().map(([group, keys]) => (
        <Panel key={group} title={t(`pages.texts.group.${group}`)}>
          <div className={classes.stack} onFocus={() => onPage(PAGE_OF[group])}>
            {keys.map((key) => (
              <TextField key={`${language} ${key}`} name={key} {...props} />
            ))}
          </div>
        </Panel>
      ))}
    </div>
  );
}

function groups(): [Group, PageTextKey[]][] {
  return [...Map.groupBy(PAGE_TEXT_KEYS, (key) => key.split('.')[0] as Group)];
}

function TextField({
  name,
  value,
  defaults,
  language,
  readOnly,
  onChange,
}: TextsFormProps & { name: PageTextKey }) {
  const t = useText();
  const place = name.split('.')[1] as Place;
  const isLong = place === 'body' || place === 'intro';
  const shared = {
    label: t(`pages.texts.place.${place}`),
    placeholder: defaults[language][name] || t('pages.texts.none'),
    value: value[language]?.[name] ?? '',
    maxLength: 500,
    readOnly,
    lang: language,
    dir: language === 'ar' || language === 'he' ? ('rtl' as const) : ('ltr' as const),
  };
  const change = (text: string) => onChange(withText(value, { language, key: name, text }));
  return isLong ? (
    <Textarea
      {...shared}
      autosize
      minRows={2}
      maxRows={8}
      onChange={(event) => change(event.currentTarget.value)}
    />
  ) : (
    <TextInput {...shared} onChange={(event) => change(event.currentTarget.value)} />
  );
}
