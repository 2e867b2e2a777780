import { Anchor, Tabs } from '@mantine/core';
import type { Workflow } from '@perennial/contracts';
import { Page, PageHeader, StatusBadge, Time } from '@perennial/ui';
import { Link, useParams } from 'react-router';
import { useRead } from '../../app/data.ts';
import { PendingPage } from '../../app/PendingPage.tsx';
import { RenamableTitle } from '../../app/RenamableTitle.tsx';
import { useRight } from '../../app/session.ts';
import { Rich, useText } from '../../app/text.tsx';
import { useGo, useTo } from '../../app/use-to.ts';
import { CodeTab } from './CodeTab.tsx';
import { useDraft } from './draft/use-draft.ts';
import { GraphTab } from './GraphTab.tsx';
import { LaunchActions } from './LaunchActions.tsx';
import { NumbersTab } from './numbers/NumbersTab.tsx';
import { RunsTab } from './RunsTab.tsx';
import { choosingBlocks } from './variants/choosing-blocks.ts';
import { VariantsTab } from './variants/VariantsTab.tsx';
import { TestTab } from './test/TestTab.tsx';
import { workflowTones } from './workflow-state.ts';
import classes from './Workflows.module.css';

const tabs = ['graph', 'runs', 'variants', 'numbers', 'test', 'code'] as const;

/** One workflow: its graph with live counts, its runs, its definition as code. */
export function WorkflowPage() {
  const go = useGo();
  const { id = '', tab: asked } = useParams();
  const tab = tabs.find((each) => each === asked) ?? 'graph';
  const workflow = useRead<Workflow>(`/workflows/${id}`, { every: 10_000 });
  if (!workflow.data) return <PendingPage back={<Back />} read={workflow} />;
  return <LoadedWorkflow key={id} workflow={workflow.data} tab={tab} onTab={onTab} />;

  function onTab(next: string | null): void {
    go(`workflows/${id}${next && next !== 'graph' ? `/${next}` : ''}`);
  }
}

interface LoadedWorkflowProps {
  workflow: Workflow;
  tab: string;
  onTab: (tab: string | null) => void;
}

/** The draft outlives the tabs: what was drawn can be undone in the code. */
function LoadedWorkflow({ workflow, tab, onTab }: LoadedWorkflowProps) {
  const draft = useDraft(workflow, useRight('workflows.write'));
  return (
    <Tabs className={classes.tabs ?? ''} value={tab} onChange={onTab}>
      <Page layout="fill" header={<Header workflow={workflow} />}>
        <Tabs.Panel value="graph" className={classes.panel ?? ''}>
          <GraphTab workflow={workflow} draft={draft} />
        </Tabs.Panel>
        <Tabs.Panel value="runs" className={classes.panel ?? ''}>
          <RunsTab workflow={workflow} />
        </Tabs.Panel>
        <Tabs.Panel value="variants" className={classes.panel ?? ''}>
          <VariantsTab workflow={workflow} />
        </Tabs.Panel>
        <Tabs.Panel value="numbers" className={classes.panel ?? ''}>
          <NumbersTab workflow={workflow} />
        </Tabs.Panel>
        <Tabs.Panel value="test" className={classes.panel ?? ''}>
          <TestTab workflow={workflow} />
        </Tabs.Panel>
        <Tabs.Panel value="code" className={classes.panel ?? ''}>
          <CodeTab workflow={workflow} draft={draft} />
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
      title={<Title key={workflow.name} workflow={workflow} />}
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
          {choosingBlocks(workflow).length > 0 ? (
            <Tabs.Tab value="variants">{t('workflows.tab.variants')}</Tabs.Tab>
          ) : null}
          <Tabs.Tab value="numbers">{t('workflows.tab.numbers')}</Tabs.Tab>
          <Tabs.Tab value="test">{t('workflows.tab.test')}</Tabs.Tab>
          <Tabs.Tab value="code">{t('workflows.tab.code')}</Tabs.Tab>
        </Tabs.List>
      }
    />
  );
}

function Title({ workflow: { id, name } }: { workflow: Workflow }) {
  const t = useText();
  const mayWrite = useRight('workflows.write');
  return (
    <RenamableTitle
      label={t('workflows.rename')}
      name={name}
      readOnly={!mayWrite}
      path={`/workflows/${id}`}
      renews="/workflows"
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
