import type { WorkspaceSettings } from '@perennial/contracts';
import { Page, PageHeader, SkeletonLines } from '@perennial/ui';
import { useRead } from '../../app/data.ts';
import { Problem } from '../../app/Problem.tsx';
import { useText } from '../../app/text.tsx';
import { HoursPanel } from './HoursPanel.tsx';
import { ReceivingPanel } from './receiving/ReceivingPanel.tsx';
import { RulesPanel } from './RulesPanel.tsx';
import classes from './Sending.module.css';

/** What holds messages back: how often, at which hours, and how fast. */
export function SendingPage() {
  const t = useText();
  const settings = useRead<WorkspaceSettings>('/settings');
  return (
    <Page
      width="form"
      header={<PageHeader title={t('app.settings.sending')} detail={t('sending.detail')} />}
    >
      <div className={classes.panels}>
        <RulesPanel />
        {settings.error ? (
          <Problem error={settings.error} onRetry={() => void settings.refetch()} />
        ) : null}
        {settings.isPending ? <SkeletonLines lines={5} /> : null}
        {settings.data ? <HoursPanel settings={settings.data} /> : null}
        <ReceivingPanel />
      </div>
    </Page>
  );
}
