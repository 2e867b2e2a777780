import { Button, Group, Modal, Select, Stack } from '@mantine/core';
import type { Job, Workflow, WorkflowMovePreview } from '@perennial/contracts';
import { SkeletonFacts } from '@perennial/ui';
import { useState } from 'react';
import { useChange, useRead } from '../../app/data.ts';
import { useText } from '../../app/text.tsx';
import { blockOrder } from '../../editor/ordered.ts';
import { useTray } from '../jobs/tray.ts';
import { Refusal } from './Refusal.tsx';
import { useBlockNames } from './use-block-names.ts';
import { useVersion } from './versions/use-version.ts';
import classes from './Workflows.module.css';

interface MoveRunsProps {
  workflow: Workflow;
  onClose: () => void;
}

/** In the place of a block's ID, which begins with a letter: the run ends. */
const STOP = '-';

/** Where those go on who stand on a block, as far as somebody said so. */
type Plan = Readonly<Record<string, string>>;

/** Moves the running contacts of an older version to the published one, block by block. */
export function MoveRuns({ workflow, onClose }: MoveRunsProps) {
  const t = useText();
  const tray = useTray();
  const published = workflow.published_version ?? 1;
  const [from, setFrom] = useState(published - 1);
  const [plan, setPlan] = useState<Plan>({});
  const preview = useRead<WorkflowMovePreview>(`/workflows/${workflow.id}/move`, {
    query: { from },
    enabled: from > 0,
  });
  const move = useChange(
    (api) => api.post<Job>(`/workflows/${workflow.id}/move`, { from, blocks: asked(plan) }),
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
      <p className={classes.note}>{t('workflows.move.detail')}</p>
      <Stack gap="md">
        {published > 2 ? (
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
        ) : null}
        {preview.isPending ? <SkeletonFacts rows={2} /> : null}
        {preview.data && total === 0 ? (
          <p style={{ margin: 0 }}>{t('workflows.move.none', { version: from })}</p>
        ) : null}
        <Places
          workflow={workflow}
          from={from}
          standing={blocks}
          plan={plan}
          onPlan={(change) => setPlan({ ...plan, ...change })}
        />
      </Stack>
      <Refusal error={preview.error ?? move.error} />
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

interface PlacesProps {
  workflow: Workflow;
  from: number;
  standing: WorkflowMovePreview['blocks'];
  plan: Plan;
  onPlan: (change: Plan) => void;
}

/** For each block on which contacts stand, where they go on and what that means for them. */
function Places({ workflow, from, standing, plan, onPlan }: PlacesProps) {
  const t = useText();
  const nameThen = useBlockNames(useVersion(workflow.id, from));
  const nameNow = useBlockNames(workflow.published?.definition);
  const ids = blockOrder(workflow.published?.definition ?? {});
  const options = [
    ...ids.map((id) => ({ value: id, label: distinct(id, ids, nameNow) })),
    { value: STOP, label: t('workflows.move.stop') },
  ];
  const standingIds = standing.map(({ block }) => block);
  return standing.map(({ block, runs, target }) => {
    const chosen = plan[block] ?? target;
    return (
      <Select
        key={block}
        label={t('workflows.move.block', {
          block: distinct(block, standingIds, nameThen),
          count: runs,
        })}
        placeholder={t('workflows.move.choose')}
        description={chosen === null ? null : t(`workflows.move.${fate(chosen, target)}`)}
        inputWrapperOrder={['label', 'input', 'error', 'description']}
        data={options}
        allowDeselect={false}
        searchable
        value={chosen}
        onChange={(value) => value !== null && onPlan({ [block]: value })}
      />
    );
  });
}

/** What becomes of those who stand on a block. */
function fate(chosen: string, same: string | null): 'ends' | 'stays' | 'comes' {
  if (chosen === STOP) return 'ends';
  return chosen === same ? 'stays' : 'comes';
}

/** Blocks that say the same are told apart by their IDs. */
function distinct(id: string, ids: readonly string[], nameOf: (id: string) => string): string {
  const name = nameOf(id);
  const isAlone = ids.every((other) => other === id || nameOf(other) !== name);
  return isAlone ? name : `${name} (${id})`;
}

function asked(plan: Plan): Record<string, string | null> {
  return Object.fromEntries(
    Object.entries(plan).map(([block, target]) => [block, target === STOP ? null : target]),
  );
}
