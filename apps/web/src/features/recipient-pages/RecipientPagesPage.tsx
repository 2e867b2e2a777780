import { Button, Tabs } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import {
  PAGE_LANGUAGES,
  type PageLanguage,
  type RecipientPages,
  type WorkspaceSettings,
} from '@perennial/contracts';
import { Page, PageHeader, SkeletonBlock, SplitView } from '@perennial/ui';
import { useState } from 'react';
import { useChange, useRead } from '../../app/data.ts';
import { errorAt } from '../../app/form-problem.ts';
import { Problem } from '../../app/Problem.tsx';
import { problemWords } from '../../app/problem-words.ts';
import { useRight } from '../../app/session.ts';
import { useText } from '../../app/text.tsx';
import { useKeepUnsaved } from '../../app/use-keep-unsaved.ts';
import { useUrlState } from '../../app/use-url-state.ts';
import { LeavingReportTab } from './LeavingReportTab.tsx';
import { LookForm } from './LookForm.tsx';
import { PagePreview } from './PagePreview.tsx';
import { changeBetween, draftOf, type PagesChange, type PagesDraft } from './pages-draft.ts';
import { ReasonsForm } from './ReasonsForm.tsx';
import { TextsForm } from './TextsForm.tsx';
import type { PageName } from './use-page-preview.ts';
import classes from './RecipientPages.module.css';

const TABS = ['look', 'texts', 'reasons', 'report'] as const;
type TabName = (typeof TABS)[number];

/** How the pages of recipients look, what they say, and who left by them. */
export function RecipientPagesPage() {
  const t = useText();
  const pages = useRead<RecipientPages>('/recipient_pages');
  const settings = useRead<WorkspaceSettings>('/settings');
  const error = pages.error ?? settings.error;
  if (pages.data && settings.data) {
    const [ownLanguage = ''] = settings.data.default_language.toLowerCase().split('-');
    return <PagesEditor pages={pages.data} ownLanguage={ownLanguage} />;
  }
  return (
    <Page header={<PageHeader title={t('app.settings.pages')} detail={t('pages.detail')} />}>
      {error ? (
        <Problem
          error={error}
          onRetry={() => void Promise.all([pages.refetch(), settings.refetch()])}
        />
      ) : (
        <SkeletonBlock height={480} />
      )}
    </Page>
  );
}

function PagesEditor({ pages, ownLanguage }: { pages: RecipientPages; ownLanguage: string }) {
  const t = useText();
  const mayWrite = useRight('settings.write');
  const [{ tab }, setState] = useUrlState({ tab: 'look' });
  const shown = TABS.find((each) => each === tab) ?? 'look';
  const [draft, setDraft] = useState<PagesDraft>(() => draftOf(pages));
  const [language, setLanguage] = useState<PageLanguage>(
    () => PAGE_LANGUAGES.find((each) => each === ownLanguage) ?? 'en',
  );
  const [page, setPage] = useState<PageName>('unsubscribe');
  const save = useChange<PagesChange, RecipientPages>(
    (api, change) => api.patch('/recipient_pages', change),
    ['/recipient_pages', '/settings'],
  );
  const change = changeBetween(draftOf(pages), draft);
  // What went wrong is said of what was sent, not of what was written since.
  const isSent = JSON.stringify(save.variables) === JSON.stringify(change);
  const problem = isSent ? save.error : null;
  useKeepUnsaved(change !== null, t('pages.leave'));
  const saveNow = () => {
    if (!change || save.isPending) return;
    save.mutate(change, {
      onSuccess: (saved) => {
        setDraft(draftOf(saved));
        notifications.show({ message: t('pages.saved') });
      },
    });
  };
  useHotkeys([['mod+S', saveNow]], []);
  const choose = (next: string | null) => {
    setState({ tab: next ?? 'look' });
    if (next === 'reasons') setPage('unsubscribe');
  };
  const forms: Record<Exclude<TabName, 'report'>, React.ReactNode> = {
    look: (
      <LookForm
        value={draft.theme}
        logo={pages.logo}
        readOnly={!mayWrite}
        errorAt={(pointer) => errorAt(problem, pointer)}
        onChange={(theme) => setDraft({ ...draft, theme })}
      />
    ),
    texts: (
      <TextsForm
        value={draft.texts}
        defaults={pages.defaults}
        language={language}
        readOnly={!mayWrite}
        onLanguage={setLanguage}
        onPage={setPage}
        onChange={(texts) => setDraft({ ...draft, texts })}
      />
    ),
    reasons: (
      <ReasonsForm
        value={draft.reasons}
        language={language}
        ownLanguage={ownLanguage}
        readOnly={!mayWrite}
        onLanguage={setLanguage}
        onChange={(reasons) => setDraft({ ...draft, reasons })}
      />
    ),
  };
  return (
    <Tabs style={{ blockSize: '100%' }} value={shown} onChange={choose}>
      <Page
        layout={shown === 'report' ? 'flow' : 'fill'}
        header={
          <PageHeader
            title={t('app.settings.pages')}
            detail={t('pages.detail')}
            actions={
              shown === 'report' && !change ? null : (
                <>
                  <span className={classes.state} data-error={problem ? true : undefined}>
                    {stateOf()}
                  </span>
                  {mayWrite ? (
                    <Button disabled={!change} loading={save.isPending} onClick={saveNow}>
                      {t('pages.save')}
                    </Button>
                  ) : null}
                </>
              )
            }
            tabs={
              <Tabs.List>
                {TABS.map((each) => (
                  <Tabs.Tab key={each} value={each}>
                    {t(`pages.tab.${each}`)}
                  </Tabs.Tab>
                ))}
              </Tabs.List>
            }
          />
        }
      >
        {shown === 'report' ? (
          <LeavingReportTab />
        ) : (
          <SplitView
            name="recipient-pages"
            width={560}
            tabs={{ main: t('pages.edit'), side: t('pages.preview') }}
            side={
              <PagePreview
                draft={draft}
                logo={pages.logo?.url ?? ''}
                page={page}
                onPage={setPage}
                language={language}
                onLanguage={setLanguage}
              />
            }
          >
            <div className={classes.form}>{forms[shown]}</div>
          </SplitView>
        )}
      </Page>
    </Tabs>
  );

  function stateOf(): string {
    if (!mayWrite) return t('pages.state.readOnly');
    if (problem) {
      const reason = problem.errors[0]?.message ?? problemWords(problem, t).detail;
      return t('pages.state.failed', { reason });
    }
    return t(change ? 'pages.state.unsaved' : 'pages.state.saved');
  }
}
