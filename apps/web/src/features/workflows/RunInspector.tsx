import { Alert, Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { RunDetail, Workflow } from '@perennial/contracts';
import type { UseQueryResult } from '@tanstack/react-query';
import {
  Copyable,
  Fact,
  Facts,
  Inspector,
  JsonView,
  SkeletonFacts,
  StatusBadge,
  Time,
} from '@perennial/ui';
import { IconInfoCircle, IconRoute } from '@tabler/icons-react';
import type { ApiProblem } from '../../api.ts';
import { useChange } from '../../app/data.ts';
import { Problem } from '../../app/Problem.tsx';
import { useRight } from '../../app/session.ts';
import { useShowProblem } from '../../app/show-problem.ts';
import { useText } from '../../app/text.tsx';
import type { Graph } from '../../editor/graph.ts';
import type { BlockWords } from '../../editor/use-block-words.ts';
import { ContactLink } from '../contacts/ContactLink.tsx';
import { RunSteps } from './RunSteps.tsx';
import { runTones } from './workflow-state.ts';
import classes from './Workflows.module.css';

interface RunInspectorProps {
  runId: string;
  run: UseQueryResult<RunDetail, ApiProblem>;
  workflow: Workflow;
  graph: Graph;
  words: BlockWords;
  /** Picked on the graph: its steps are open. */
  block: string | null;
  onBlock: (block: string) => void;
  onClose: () => void;
}

/** A contact's path: when it came to each block, by which exit it left, and what decided it. */
export function RunInspector(props: RunInspectorProps) {
  const { runId, run, workflow, graph, words, block, onBlock, onClose } = props;
  const t = useText();
  const details = run.data;
  const drawn = workflow.published?.version;
  return (
    <Inspector
      leavesFocus
      leading={<IconRoute size={16} color="var(--p-accent)" />}
      title={details ? <ContactLink id={details.contact} /> : t('workflows.run.title')}
      detail={details ? <State run={details} /> : null}
      onClose={onClose}
    >
      {run.error && !details ? (
        <Problem error={run.error} onRetry={() => void run.refetch()} />
      ) : null}
      {run.isPending ? <SkeletonFacts rows={6} /> : null}
      {details ? (
        <>
          {drawn !== undefined && drawn !== details.version ? (
            <Alert variant="light" color="gray" icon={<IconInfoCircle size={16} />} mb="md" p="sm">
              {t('workflows.run.otherVersion', { run: details.version, drawn })}
            </Alert>
          ) : null}
          <RunFacts run={details} runId={runId} />
          <h3 className={classes.section}>{t('workflows.run.steps')}</h3>
          <RunSteps run={details} graph={graph} words={words} block={block} onBlock={onBlock} />
          <h3 className={classes.section}>{t('workflows.run.context')}</h3>
          <JsonView value={details.context} open={2} />
          <StopRun run={details} />
          <RetryRun run={details} />
        </>
      ) : null}
    </Inspector>
  );
}

function State({ run }: { run: RunDetail }) {
  const t = useText();
  return (
    <span style={{ display: 'flex', gap: 12 }}>
      <StatusBadge tone={runTones[run.state]}>{t(`workflows.run.state.${run.state}`)}</StatusBadge>
      {run.test ? <strong>{t('workflows.run.test')}</strong> : null}
    </span>
  );
}

function RunFacts({ run, runId }: { run: RunDetail; runId: string }) {
  const t = useText();
  return (
    <Facts>
      {run.reason ? <Fact label={t('workflows.run.reason')}>{run.reason}</Fact> : null}
      <Fact label={t('workflows.run.started')}>
        <Time at={run.started_at} style="exact" />
      </Fact>
      {run.ended_at ? (
        <Fact label={t('workflows.run.ended')}>
          <Time at={run.ended_at} style="exact" />
        </Fact>
      ) : null}
      {run.wake_at ? (
        <Fact label={t('workflows.run.wakes')}>
          <Time at={run.wake_at} style="exact" />
        </Fact>
      ) : null}
      <Fact label={t('workflows.run.version')}>{run.version}</Fact>
      {run.key ? <Fact label={t('workflows.run.key')}>{run.key}</Fact> : null}
      <Fact label={t('workflows.run.id')}>
        <Copyable value={runId} mono />
      </Fact>
    </Facts>
  );
}

function StopRun({ run }: { run: RunDetail }) {
  const t = useText();
  const mayLaunch = useRight('workflows.launch');
  const showProblem = useShowProblem();
  const stop = useChange((api) => api.post(`/workflows/runs/${run.id}/stop`), ['/workflows']);
  const active = run.state === 'waiting' || run.state === 'running';
  if (!active || !mayLaunch) return null;
  return (
    <Button
      variant="default"
      mt="xl"
      loading={stop.isPending}
      onClick={() =>
        stop.mutate(undefined, {
          onSuccess: () => notifications.show({ message: t('workflows.run.stopped') }),
          onError: showProblem,
        })
      }
    >
      {t('workflows.run.stop')}
    </Button>
  );
}

function RetryRun({ run }: { run: RunDetail }) {
  const t = useText();
  const mayLaunch = useRight('workflows.launch');
  const showProblem = useShowProblem();
  const retry = useChange((api) => api.post(`/workflows/runs/${run.id}/retry`), ['/workflows']);
  if (run.state !== 'failed' || !mayLaunch) return null;
  return (
    <Button
      variant="default"
      mt="xl"
      loading={retry.isPending}
      onClick={() =>
        retry.mutate(undefined, {
          onSuccess: () => notifications.show({ message: t('workflows.run.retried') }),
          onError: showProblem,
        })
      }
    >
      {t('workflows.run.retry')}
    </Button>
  );
}
