import { Alert, SegmentedControl, Select, Switch } from '@mantine/core';
import { PAGE_NAMES, type PageLanguage } from '@perennial/contracts';
import { SkeletonBlock } from '@perennial/ui';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import { problemWords } from '../../app/problem-words.ts';
import { useText } from '../../app/text.tsx';
import type { PagesDraft } from './pages-draft.ts';
import { useLanguages } from './use-languages.ts';
import { usePagePreview, type PageName } from './use-page-preview.ts';
import classes from './RecipientPages.module.css';

interface PagePreviewProps {
  draft: PagesDraft;
  logo: string;
  page: PageName;
  onPage: (page: PageName) => void;
  language: PageLanguage;
  onLanguage: (language: PageLanguage) => void;
}

/** Each page as people see it, in a frame that can run and load nothing. */
export function PagePreview(props: PagePreviewProps) {
  const { draft, logo, page, onPage, language, onLanguage } = props;
  const t = useText();
  const languages = useLanguages();
  const [width, setWidth] = useState('desktop');
  const [dark, setDark] = useState(false);
  const scheme = dark ? 'dark' : 'light';
  const preview = usePagePreview({ draft, page, language, scheme, logo });
  return (
    <section className={classes.pane} aria-label={t('pages.preview')}>
      <div className={classes.bar}>
        <Select
          className={classes.choosePage ?? ''}
          aria-label={t('pages.preview.page')}
          data={PAGE_NAMES.map((value) => ({ value, label: t(`pages.page.${value}`) }))}
          value={page}
          allowDeselect={false}
          onChange={(next) => next && onPage(next)}
        />
        <Select
          className={classes.chooseLanguage ?? ''}
          aria-label={t('pages.preview.language')}
          data={languages}
          value={language}
          allowDeselect={false}
          onChange={(next) => next && onLanguage(next)}
        />
        <SegmentedControl
          value={width}
          onChange={setWidth}
          data={[
            { value: 'desktop', label: t('pages.preview.desktop') },
            { value: 'phone', label: t('pages.preview.phone') },
          ]}
        />
        <Switch
          size="xs"
          label={t('pages.preview.dark')}
          checked={dark}
          onChange={(event) => setDark(event.currentTarget.checked)}
        />
      </div>
      {preview.error ? (
        <Alert
          className={classes.problem ?? ''}
          color="red"
          variant="light"
          icon={<IconAlertTriangle size={16} />}
          title={t('pages.preview.failed')}
        >
          {preview.error.errors[0]?.message ?? problemWords(preview.error, t).detail}
        </Alert>
      ) : null}
      <div className={classes.stage} data-stale={preview.isFetching || undefined}>
        {preview.isPending ? <SkeletonBlock height="100%" /> : null}
        {preview.data ? (
          <div className={classes.device} data-phone={width === 'phone' || undefined}>
            <iframe
              className={classes.frame}
              title={t('pages.preview.title')}
              sandbox=""
              referrerPolicy="no-referrer"
              srcDoc={preview.data.html}
            />
          </div>
        ) : null}
      </div>
    </section>
  );
}
