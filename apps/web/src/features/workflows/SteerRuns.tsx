import { Button, Group, Modal } from '@mantine/core';
import type { Job, Workflow } from '@perennial/contracts';
import { useChange } from '../../app/data.ts';
import { useText } from '../../app/text.tsx';
import { useTray } from '../jobs/tray.ts';
import { Refusal } from './Refusal.tsx';

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
