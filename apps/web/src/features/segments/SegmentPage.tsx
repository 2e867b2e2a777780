import { Alert, Anchor, Button, Tabs } from '@mantine/core';
import type { SegmentDetail } from '@perennial/contracts';
import { Page, PageHeader, Time } from '@perennial/ui';
import { IconAlertCircle, IconHourglass, IconTrashOff } from '@tabler/icons-react';
import { Link, useParams } from 'react-router';
import { useChange, useRead } from '../../app/data.ts';
import { PendingPage } from '../../app/PendingPage.tsx';
import { RenamableTitle } from '../../app/RenamableTitle.tsx';
import { useRight } from '../../app/session.ts';
import { useShowProblem } from '../../app/show-problem.ts';
import { Rich, useText } from '../../app/text.tsx';
import { useGo, useTo } from '../../app/use-to.ts';
import { ExplainTab } from './ExplainTab.tsx';
import { LogTab } from './LogTab.tsx';
import { MembersTab } from './MembersTab.tsx';
import { SegmentActions } from './SegmentActions.tsx';
import { SegmentInformation } from './SegmentInformation.tsx';
import { SegmentState } from './SegmentState.tsx';
import { useComputing } from './use-computing.ts';
import classes from './Segments.module.css';

/** One segment: who is in it, who came and went and why, what it is for. */
export function SegmentPage() {
  const go = useGo();
  const { id = '', tab = 'members' } = useParams();
  const segment = useRead<SegmentDetail>(`/segments/${id}`, { every: 3_000 });
  if (!segment.data) return <PendingPage back={<Back />} read={segment} />;
  return (
    <Tabs
      key={id}
      className={classes.tabs ?? ''}
      value={tab}
      onChange={(next) => go(`segments/${id}${next && next !== 'members' ? `/${next}` : ''}`)}
    >
      <Page
        key={tab}
        layout={tab === 'information' || tab === 'explain' ? 'flow' : 'fill'}
        header={<Header segment={segment.data} />}
      >
        <Tabs.Panel value="members" className={classes.panel ?? ''}>
          <MembersTab segment={segment.data} />
        </Tabs.Panel>
        <Tabs.Panel value="log" className={classes.panel ?? ''}>
          <LogTab segment={segment.data} />
        </Tabs.Panel>
        {segment.data.kind === 'dynamic' ? (
          <Tabs.Panel value="explain">
            <ExplainTab segment={segment.data} />
          </Tabs.Panel>
        ) : null}
        <Tabs.Panel value="information">
          <SegmentInformation segment={segment.data} />
        </Tabs.Panel>
      </Page>
    </Tabs>
  );
}

function Header({ segment }: { segment: SegmentDetail }) {
  const t = useText();
  return (
    <PageHeader
      back={<Back />}
      title={<Title key={segment.name} segment={segment} />}
      detail={
        <>
          {t('segments.members', { count: segment.size })}
          {' · '}
          <Rich id="segments.changed" values={{ at: <Time key="at" at={segment.changed_at} /> }} />
        </>
      }
      status={<SegmentState segment={segment} computing={segment.computing} />}
      actions={<SegmentActions segment={segment} />}
      tabs={
        <>
          {segment.archived_at ? <Deleted segment={segment} /> : <NotComputed segment={segment} />}
          <Tabs.List mt="xs">
            <Tabs.Tab value="members">{t('segments.tab.members')}</Tabs.Tab>
            <Tabs.Tab value="log">{t('segments.tab.log')}</Tabs.Tab>
            {segment.kind === 'dynamic' ? (
              <Tabs.Tab value="explain">{t('segments.tab.explain')}</Tabs.Tab>
            ) : null}
            <Tabs.Tab value="information">{t('segments.tab.information')}</Tabs.Tab>
          </Tabs.List>
        </>
      }
    />
  );
}

function Title({ segment: { id, name, archived_at: archivedAt } }: { segment: SegmentDetail }) {
  const t = useText();
  const mayWrite = useRight('segments.write');
  return (
    <RenamableTitle
      label={t('segments.rename')}
      name={name}
      readOnly={!mayWrite || archivedAt !== null}
      path={`/segments/${id}`}
      renews="/segments"
    />
  );
}

function Deleted({ segment }: { segment: SegmentDetail }) {
  const t = useText();
  const mayWrite = useRight('segments.write');
  const showProblem = useShowProblem();
  const bringBack = useChange(
    (api) => api.patch(`/segments/${segment.id}`, { archived: false }),
    ['/segments'],
  );
  return (
    <Alert variant="light" color="gray" my="sm" p="sm" icon={<IconTrashOff size={16} />}>
      <span className={classes.deleted}>
        {t('segments.deleted')} <Time at={segment.archived_at} />
        {mayWrite ? (
          <Button
            size="compact-sm"
            variant="default"
            loading={bringBack.isPending}
            onClick={() => bringBack.mutate(undefined, { onError: showProblem })}
          >
            {t('segments.bringBack')}
          </Button>
        ) : null}
      </span>
    </Alert>
  );
}

/** The members are not those of the rule as it was saved last: until when, and what helps. */
function NotComputed({ segment }: { segment: SegmentDetail }) {
  const t = useText();
  const mayWrite = useRight('segments.write');
  const { begin, cancel, isPending } = useComputing(segment);
  if (segment.kind === 'list' || segment.state === 'ready') return null;
  const isFailed = segment.state === 'failed';
  const which = segment.version === 0 ? 'first' : 'again';
  const act = isFailed ? begin : cancel;
  return (
    <Alert
      variant="light"
      color={isFailed ? 'red' : 'gray'}
      my="sm"
      p="sm"
      icon={isFailed ? <IconAlertCircle size={16} /> : <IconHourglass size={16} />}
    >
      <span className={classes.deleted}>
        {t(`segments.${isFailed ? 'failed' : 'computing'}.alert.${which}`)}
        {mayWrite && act ? (
          <Button size="compact-sm" variant="default" loading={isPending} onClick={act}>
            {t(isFailed ? 'segments.recompute' : 'segments.recompute.cancel')}
          </Button>
        ) : null}
      </span>
    </Alert>
  );
}

function Back() {
  const t = useText();
  const to = useTo();
  return (
    <Anchor component={Link} to={to('segments')} size="sm" c="dimmed">
      {t('app.contacts.segments')}
    </Anchor>
  );
}
