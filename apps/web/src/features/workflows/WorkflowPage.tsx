import { Anchor, Tabs } from '@mantine/core';
import type { Workflow } from '@perennial/contracts';
import { Page, PageHeader, SkeletonBlock, StatusBadge, Time } from '@perennial/ui';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { useChange, useRead } from '../../app/data.ts';
import { EditableTitle } from '../../app/EditableTitle.tsx';
import { Problem } from '../../app/Problem.tsx';
import { useRight } from '../../app/session.ts';
import { useShowProblem } from '../../app/show-problem.ts';
import { Rich, useText } from '../../app/text.tsx';
import { useGo, useTo } from '../../app/use-to.ts';
import { CodeTab } from './CodeTab.tsx';
import { GraphTab } from './GraphTab.tsx';
import { LaunchActions } from './LaunchActions.tsx';
import { RunsTab } from './RunsTab.tsx';
import { workflowTones } from './workflow-state.ts';
import classes from './Workflows.module.css';

/** One workflow: its graph with live counts, its runs, its definition as code. */
export function WorkflowPage() {
  const go = useGo();
  const { id = '', tab = 'graph' } = useParams();
  const workflow = useRead<Workflow>(`/workflows/${id}`, {
    every: tab === 'code' ? false : 10_000,
  });
  if (!workflow.data) {
    return (
      <Page header={<PageHeader back={<Back />} title="" loading={!workflow.error} />}>
        {workflow.error ? (
          <Problem error={workflow.error} onRetry={() => void workflow.refetch()} />
        ) : (
          <SkeletonBlock height={480} />
        )}
      </Page>
    );
  }
  return (
    <Tabs
      key={id}
      className={classes.tabs ?? ''}
      value={tab}
      onChange={(next) => go(`workflows/${id}${next && next !== 'graph' ? `/${next}` : ''}`)}
    >
      <Page layout="fill" header={<Header workflow={workflow.data} />}>
        <Tabs.Panel value="graph" className={classes.panel ?? ''}>
          <GraphTab workflow={workflow.data} />
        </Tabs.Panel>
        <Tabs.Panel value="runs" className={classes.panel ?? ''}>
          <RunsTab workflow={workflow.data} />
        </Tabs.Panel>
        <Tabs.Panel value="code" className={classes.panel ?? ''}>
          <CodeTab workflow={workflow.data} />
        </Tabs.Panel>
      </Page>
    </Tabs>
  );
}

function Header({ workflow }: { workflow: Workflow }) {
  const t = useText();
  return (
    <PageHeader
      back={<Back />}
      title={<Title workflow={workflow} />}
      status={
        <StatusBadge
          variant="soft"
          tone={workflowTones[workflow.state]}
          live={workflow.state === 'active'}
        >
          {t(`workflows.state.${workflow.state}`)}
        </StatusBadge>
      }
      detail={<VersionLine workflow={workflow} />}
      actions={<LaunchActions workflow={workflow} />}
      tabs={
        <Tabs.List mt="xs">
          <Tabs.Tab value="graph">{t('workflows.tab.graph')}</Tabs.Tab>
          <Tabs.Tab value="runs">{t('workflows.tab.runs')}</Tabs.Tab>
          <Tabs.Tab value="code">{t('workflows.tab.code')}</Tabs.Tab>
        </Tabs.List>
      }
    />
  );
}

/** The name is saved when the field is left. */
function Title({ workflow }: { workflow: Workflow }) {
  const t = useText();
  const mayWrite = useRight('workflows.write');
  const showProblem = useShowProblem();
  const [name, setName] = useState(workflow.name);
  const rename = useChange(
    (api, next: string) => api.patch(`/workflows/${workflow.id}`, { name: next }),
    ['/workflows'],
  );
  const save = () => {
    const next = name.trim();
    if (next === '') setName(workflow.name);
    else if (next !== workflow.name) rename.mutate(next, { onError: showProblem });
  };
  return (
    <EditableTitle
      label={t('workflows.rename')}
      value={name}
      readOnly={!mayWrite}
      onChange={setName}
      onLeave={save}
    />
  );
}

function VersionLine({ workflow }: { workflow: Workflow }) {
  const t = useText();
  const { published } = workflow;
  if (!published) return <>{t('workflows.notPublished')}</>;
  return (
    <>
      {t('workflows.version', { version: published.version })}
      {' · '}
      <Rich
        id="workflows.publishedAt"
        values={{ at: <Time key="at" at={published.published_at} /> }}
      />
      {workflow.changed ? ` · ${t('workflows.changed')}` : ''}
    </>
  );
}

function Back() {
  const t = useText();
  const to = useTo();
  return (
    <Anchor component={Link} to={to('workflows')} size="sm" c="dimmed">
      {t('app.workflows')}
    </Anchor>
  );
}
