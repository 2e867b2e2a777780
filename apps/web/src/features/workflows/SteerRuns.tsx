import { Alert, Button, Group, Modal, Select, Stack } from '@mantine/core';
import type { Job, Workflow, WorkflowMovePreview } from '@perennial/contracts';
import { useState } from 'react';
import { useChange, useRead } from '../../app/data.ts';
import { problemWords } from '../../app/problem-words.ts';
import { useText } from '../../app/text.tsx';
import { useTray } from '../jobs/tray.ts';

export type Steering = 'stop_runs' | 'retry_runs';

interface SteerRunsProps {
  workflow: Workflow;
  what: Steering;
  onClose: () => void;
}

/** Ends or retries many runs as long work, which the tray then shows. */
export function SteerRuns({ workflow, what, onClose }: SteerRunsProps) {
  const t = useText();
  const tray = useTray();
  const steer = useChange(
    (api) => api.post<Job>(`/workflows/${workflow.id}/${what}`),
    ['/workflows'],
  );
  const go = () =>
    steer.mutate(undefined, {
      onSuccess: ({ id }) => {
        tray.follow(id);
        onClose();
      },
    });
  return (
    <Modal opened onClose={onClose} title={t(`workflows.${what}.title`, { name: workflow.name })}>
      <p style={{ margin: 0 }}>{t(`workflows.${what}.detail`, { count: workflow.running })}</p>
      <Refusal error={steer.error} />
      <Group justify="flex-end" mt="xl">
        <Button variant="default" onClick={onClose}>
          {t('app.cancel')}
        </Button>
        <Button
          color={what === 'stop_runs' ? 'red' : 'accent'}
          loading={steer.isPending}
          data-autofocus
          onClick={go}
        >
          {t(`workflows.${what}`)}
        </Button>
      </Group>
    </Modal>
  );
}

interface MoveRunsProps {
  workflow: Workflow;
  onClose: () => void;
}

/** Moves the running contacts of an older version to the published one, block by block. */
export function MoveRuns({ workflow, onClose }: MoveRunsProps) {
  const t = useText();
  const tray = useTray();
  const published = workflow.published_version ?? 1;
  const [from, setFrom] = useState(published - 1);
  const [plan, setPlan] = useState<Record<string, string>>({});
  const preview = useRead<WorkflowMovePreview>(`/workflows/${workflow.id}/move`, {
    query: { from },
    enabled: from > 0,
  });
  const move = useChange(
    (api) => api.post<Job>(`/workflows/${workflow.id}/move`, { from, blocks: blocksOf(plan) }),
    ['/workflows'],
  );
  const blocks = preview.data?.blocks ?? [];
  const total = blocks.reduce((sum, { runs }) => sum + runs, 0);
  const undecided = blocks.some(({ block, target }) => target === null && !plan[block]);
  const go = () =>
    move.mutate(undefined, {
      onSuccess: ({ id }) => {
        tray.follow(id);
        onClose();
      },
    });
  return (
    <Modal opened onClose={onClose} size="lg" title={t('workflows.move.title', { to: published })}>
      <Stack gap="md">
        <Select
          label={t('workflows.move.from')}
          data={Array.from({ length: published - 1 }, (_, i) => String(published - 1 - i)).map(
            (value) => ({ value, label: t('workflows.move.version', { version: value }) }),
          )}
          allowDeselect={false}
          value={String(from)}
          onChange={(value) => {
            setFrom(Number(value));
            setPlan({});
          }}
        />
        {preview.data && total === 0 ? (
          <p style={{ margin: 0 }}>{t('workflows.move.none')}</p>
        ) : null}
        {blocks.map(({ block, runs, target }) => (
          <Select
            key={block}
            label={t('workflows.move.block', { block, count: runs })}
            placeholder={t('workflows.move.choose')}
            data={targetsOf(workflow, t('workflows.move.stop'))}
            allowDeselect={false}
            searchable
            value={plan[block] ?? target}
            onChange={(value) => value !== null && setPlan({ ...plan, [block]: value })}
          />
        ))}
        <Refusal error={preview.error ?? move.error} />
      </Stack>
      <Group justify="flex-end" mt="xl">
        <Button variant="default" onClick={onClose}>
          {t('app.cancel')}
        </Button>
        <Button disabled={total === 0 || undecided} loading={move.isPending} onClick={go}>
          {t('workflows.move.go', { count: total })}
        </Button>
      </Group>
    </Modal>
  );
}

/** In the place of a block's ID, which begins with a letter: the run ends. */
const STOP = '-';

function targetsOf({ published }: Workflow, stop: string) {
  const blocks = (published?.definition.blocks ?? {}) as Record<string, { type?: string }>;
  return [
    ...Object.entries(blocks).map(([id, { type = '' }]) => ({
      value: id,
      label: `${id} (${type})`,
    })),
    { value: STOP, label: stop },
  ];
}

function blocksOf(plan: Record<string, string>): Record<string, string | null> {
  return Object.fromEntries(
    Object.entries(plan).map(([block, target]) => [block, target === STOP ? null : target]),
  );
}

function Refusal({ error }: { error: Parameters<typeof problemWords>[0] | null }) {
  const t = useText();
  if (!error) return null;
  return (
    <Alert color="red" variant="light" mt="md">
      {problemWords(error, t).detail}
    </Alert>
  );
}
