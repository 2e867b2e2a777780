import { Alert, Anchor } from '@mantine/core';
import type { Campaign } from '@perennial/contracts';
import { Page, PageHeader, StatusBadge, Time } from '@perennial/ui';
import { IconAlertCircle } from '@tabler/icons-react';
import { Link, useParams } from 'react-router';
import { useRead } from '../../app/data.ts';
import { PendingPage } from '../../app/PendingPage.tsx';
import { RenamableTitle } from '../../app/RenamableTitle.tsx';
import { useRight } from '../../app/session.ts';
import { useText } from '../../app/text.tsx';
import { useTo } from '../../app/use-to.ts';
import { CampaignActions } from './CampaignActions.tsx';
import { CampaignChecks } from './CampaignChecks.tsx';
import { CampaignReport } from './CampaignReport.tsx';
import { campaignTones } from './campaign-state.ts';
import { DraftForm } from './DraftForm.tsx';
import { OccurrencesPanel } from './OccurrencesPanel.tsx';
import { PreviewPanel } from './PreviewPanel.tsx';
import classes from './Campaigns.module.css';

/** One campaign: while it is a draft what it will do, then what it does and did. */
export function CampaignPage() {
  const { id = '' } = useParams();
  const campaign = useRead<Campaign>(`/campaigns/${id}`, { every: 2_000 });
  if (!campaign.data) return <PendingPage back={<Back />} read={campaign} />;
  return (
    <Page key={id} header={<Header campaign={campaign.data} />}>
      <Body campaign={campaign.data} />
    </Page>
  );
}

function Body({ campaign }: { campaign: Campaign }) {
  if (campaign.started_at) return <CampaignReport campaign={campaign} />;
  return (
    <div className={classes.columns}>
      <DraftForm campaign={campaign} />
      <div className={classes.column}>
        {campaign.schedule.kind === 'recurring' ? <OccurrencesPanel campaign={campaign} /> : null}
        <PreviewPanel campaign={campaign} />
        <CampaignChecks campaign={campaign} />
      </div>
    </div>
  );
}

function Header({ campaign }: { campaign: Campaign }) {
  const t = useText();
  const mayWrite = useRight('messages.write');
  const { id, name, state, reason } = campaign;
  return (
    <PageHeader
      back={<Back />}
      title={
        <RenamableTitle
          key={name}
          label={t('campaigns.rename')}
          name={name}
          readOnly={!mayWrite}
          path={`/campaigns/${id}`}
          renews="/campaigns"
        />
      }
      status={
        <StatusBadge tone={campaignTones[state]} variant="soft" live={state === 'running'}>
          {t(`campaigns.state.${state}`)}
        </StatusBadge>
      }
      detail={<When campaign={campaign} />}
      actions={<CampaignActions campaign={campaign} />}
      tabs={
        reason ? (
          <Alert variant="light" color="red" my="sm" p="sm" icon={<IconAlertCircle size={16} />}>
            {t('campaigns.failed', { reason })}
          </Alert>
        ) : null
      }
    />
  );
}

function When({ campaign }: { campaign: Campaign }) {
  const t = useText();
  const { starts_at: next, started_at: started, ended_at: ended, schedule } = campaign;
  if (next) {
    return (
      <>
        {t(schedule.kind === 'recurring' ? 'campaigns.nextAt' : 'campaigns.startsAt')}{' '}
        <Time at={next} style="exact" />
      </>
    );
  }
  if (!started) return null;
  return (
    <>
      {t('campaigns.startedAt')} <Time at={started} style="exact" />
      {ended ? (
        <>
          {' · '}
          {t('campaigns.endedAt')} <Time at={ended} style="exact" />
        </>
      ) : null}
    </>
  );
}

function Back() {
  const t = useText();
  const to = useTo();
  return (
    <Anchor component={Link} to={to('campaigns')} size="sm" c="dimmed">
      {t('app.messages.campaigns')}
    </Anchor>
  );
}
