import { Alert, Button, Group, Modal } from '@mantine/core';
import type { Job, RunSelection, Workflow } from '@perennial/contracts';
import { IconPlayerStop, IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import { useChange, useRead } from '../../../app/data.ts';
import { problemWords } from '../../../app/problem-words.ts';
import { useRight } from '../../../app/session.ts';
import { useText } from '../../../app/text.tsx';
import { useTray } from '../../jobs/tray.ts';
import own from './Numbers.module.css';

type Bulk = 'retry' | 'stop';

interface BulkRunsProps {
  workflow: Workflow;
  selection: RunSelection;
  /** States that the list shows; none: all. */
  states: readonly string[];
}

/** Retries or stops the runs of a filter; how many is said before, and the tray shows how far it is. */
export function BulkRuns({ workflow, selection, states }: BulkRunsProps) {
  const t = useText();
  const mayLaunch = useRight('workflows.launch');
  const [asked, setAsked] = useState<Bulk | null>(null);
  if (!mayLaunch || !workflow.published || workflow.state === 'archived') return null;
  const shows = (...names: string[]) =>
    states.length === 0 || names.some((name) => states.includes(name));
  return (
    <div className={own.bulk}>
      {shows('failed') ? (
        <Button
          variant="default"
          size="xs"
          leftSection={<IconRefresh size={14} />}
          onClick={() => setAsked('retry')}
        >
          {t('workflows.runs.retry')}
        </Button>
      ) : null}
      {shows('waiting', 'running') ? (
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPlayerStop size={14} />}
          onClick={() => setAsked('stop')}
        >
          {t('workflows.runs.stop')}
        </Button>
      ) : null}
      {asked ? (
        <BulkDialog
          workflow={workflow}
          selection={selection}
          what={asked}
          onClose={() => setAsked(null)}
        />
      ) : null}
    </div>
  );
}

interface BulkDialogProps {
  workflow: Workflow;
  selection: RunSelection;
  what: Bulk;
  onClose: () => void;
}

function BulkDialog({ workflow, selection, what, onClose }: BulkDialogProps) {
  const t = useText();
  const tray = useTray();
  const path = `/workflows/${workflow.id}/${what}_runs`;
  const query = Object.fromEntries(
    Object.entries(selection).map(([name, value]) => [name, String(value)]),
  );
  const counted = useRead<{ runs: number }>(path, { query });
  const count = counted.data?.runs;
  const steer = useChange((api) => api.post<Job>(path, selection), ['/workflows']);
  const go = () =>
    steer.mutate(undefined, {
      onSuccess: ({ id }) => {
        tray.follow(id);
        onClose();
      },
    });
  const problem = steer.error ?? counted.error;
  return (
    <Modal opened onClose={onClose} title={t(`workflows.runs.bulk.${what}`)}>
      <p style={{ margin: 0 }} aria-live="polite">
        {count === undefined ? '…' : t(`workflows.runs.bulk.${what}.count`, { count })}
      </p>
      {Object.keys(selection).length > 0 ? (
        <p style={{ marginBlockEnd: 0 }}>{t('workflows.runs.bulk.filter')}</p>
      ) : null}
      {problem ? (
        <Alert color="red" variant="light" mt="md">
          {problemWords(problem, t).detail}
        </Alert>
      ) : null}
      <Group justify="flex-end" mt="xl">
        <Button variant="default" onClick={onClose}>
          {t('app.cancel')}
        </Button>
        <Button
          color={what === 'stop' ? 'red' : 'accent'}
          disabled={!count}
          loading={steer.isPending}
          onClick={go}
        >
          {t(`workflows.runs.bulk.${what}.go`, { count: count ?? 0 })}
        </Button>
      </Group>
    </Modal>
  );
}
