import { Button, Tabs } from '@mantine/core';
import type { Category } from '@perennial/contracts';
import { Page, PageHeader } from '@perennial/ui';
import { IconClipboardText, IconDownload, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { ApiProblem } from '../../api.ts';
import { useList } from '../../app/data.ts';
import { useApi, useRight } from '../../app/session.ts';
import { useShowProblem } from '../../app/show-problem.ts';
import { useText } from '../../app/text.tsx';
import { useUrlState } from '../../app/use-url-state.ts';
import { AddSuppression } from './AddSuppression.tsx';
import { CategoriesTab } from './CategoriesTab.tsx';
import { CategoryForm } from './CategoryForm.tsx';
import { downloadSuppressions } from './download-suppressions.ts';
import { PasteSuppressions } from './PasteSuppressions.tsx';
import { SuppressionsTab } from './SuppressionsTab.tsx';

const tabs = ['categories', 'suppressions'] as const;
type TabName = (typeof tabs)[number];

/** What contacts choose, and where nobody may write to. */
export function ConsentPage() {
  const t = useText();
  const [{ tab }, setState] = useUrlState({ tab: 'categories' });
  const shown = tabs.find((each) => each === tab) ?? 'categories';
  const categories = useList<Category>('/categories', { query: { archived: 'true' } });
  return (
    <Tabs
      style={{ blockSize: '100%' }}
      value={shown}
      onChange={(value) => setState({ tab: value ?? 'categories' })}
    >
      <Page
        key={shown}
        layout="fill"
        header={
          <PageHeader
            title={t('app.settings.consent')}
            detail={t(`settings.consent.detail.${shown}`)}
            actions={<Actions tab={shown} />}
            tabs={
              <Tabs.List>
                {tabs.map((each) => (
                  <Tabs.Tab key={each} value={each}>
                    {t(`settings.consent.tab.${each}`)}
                  </Tabs.Tab>
                ))}
              </Tabs.List>
            }
          />
        }
      >
        {shown === 'categories' ? <CategoriesTab categories={categories} /> : null}
        {shown === 'suppressions' ? <SuppressionsTab /> : null}
      </Page>
    </Tabs>
  );
}

function Actions({ tab }: { tab: TabName }) {
  if (tab === 'categories') return <CategoryActions />;
  return tab === 'suppressions' ? <SuppressionActions /> : null;
}

function CategoryActions() {
  const t = useText();
  const mayWrite = useRight('settings.write');
  const [creating, setCreating] = useState(false);
  if (!mayWrite) return null;
  return (
    <>
      <Button leftSection={<IconPlus size={16} />} onClick={() => setCreating(true)}>
        {t('settings.categories.new')}
      </Button>
      {creating ? <CategoryForm category={null} onClose={() => setCreating(false)} /> : null}
    </>
  );
}

function SuppressionActions() {
  const t = useText();
  const api = useApi();
  const showProblem = useShowProblem();
  const mayWrite = useRight('contacts.write');
  const mayExport = useRight('contacts.export');
  const [dialog, setDialog] = useState<'add' | 'paste' | null>(null);
  const [loading, setLoading] = useState(false);
  const download = () => {
    setLoading(true);
    downloadSuppressions(api)
      .catch((error: ApiProblem) => showProblem(error))
      .finally(() => setLoading(false));
  };
  const close = () => setDialog(null);
  return (
    <>
      {mayExport ? (
        <Button
          variant="default"
          leftSection={<IconDownload size={16} />}
          loading={loading}
          onClick={download}
        >
          {t('settings.suppressions.export')}
        </Button>
      ) : null}
      {mayWrite ? (
        <>
          <Button
            variant="default"
            leftSection={<IconClipboardText size={16} />}
            onClick={() => setDialog('paste')}
          >
            {t('settings.suppressions.paste')}
          </Button>
          <Button leftSection={<IconPlus size={16} />} onClick={() => setDialog('add')}>
            {t('settings.suppressions.add')}
          </Button>
        </>
      ) : null}
      {dialog === 'add' ? <AddSuppression onClose={close} /> : null}
      {dialog === 'paste' ? <PasteSuppressions onClose={close} /> : null}
    </>
  );
}
