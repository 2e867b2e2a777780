import { Button } from '@mantine/core';
import type { AccessKey, App } from '@perennial/contracts';
import { EmptyState, Page, PageHeader, SkeletonLines } from '@perennial/ui';
import { IconDeviceMobile, IconKey, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { useList } from '../../app/data.ts';
import { Problem } from '../../app/Problem.tsx';
import { useRight } from '../../app/session.ts';
import { useText } from '../../app/text.tsx';
import { useTo } from '../../app/use-to.ts';
import { AppPanel } from './AppPanel.tsx';
import classes from './Apps.module.css';
import { NewApp } from './NewApp.tsx';

/** What sends events, and whether it proves who its users are. */
export function AppsPage() {
  const t = useText();
  const to = useTo();
  const mayWrite = useRight('settings.write');
  const [adding, setAdding] = useState(false);
  const apps = useList<App>('/apps');
  const keys = useList<AccessKey>('/keys', { query: { limit: 500 } });
  const add = mayWrite ? (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setAdding(true)}>
      {t('apps.new')}
    </Button>
  ) : null;
  return (
    <Page
      width="reading"
      header={
        <PageHeader
          title={t('app.settings.apps')}
          detail={t('apps.detail')}
          actions={
            <>
              <Button
                variant="default"
                component={Link}
                to={to('settings/keys')}
                leftSection={<IconKey size={16} />}
              >
                {t('app.settings.keys')}
              </Button>
              {add}
            </>
          }
        />
      }
    >
      {apps.error ? <Problem error={apps.error} onRetry={apps.retry} /> : null}
      {apps.loading ? <SkeletonLines lines={8} /> : null}
      {apps.first && apps.items.length === 0 ? (
        <EmptyState icon={IconDeviceMobile} title={t('apps.empty.title')} actions={add}>
          {t('apps.empty.detail')}
        </EmptyState>
      ) : null}
      <div className={classes.apps}>
        {apps.items.map((app) => (
          <AppPanel
            key={app.id}
            app={app}
            keys={keys.items.filter((key) => key.app === app.id && key.revoked_at === null)}
          />
        ))}
      </div>
      {adding ? <NewApp onClose={() => setAdding(false)} /> : null}
    </Page>
  );
}
