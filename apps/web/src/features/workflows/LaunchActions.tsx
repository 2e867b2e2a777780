import { ActionIcon, Alert, Button, Group, Menu, Modal, Tooltip } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { Workflow } from '@perennial/contracts';
import {
  IconArchive,
  IconArrowMoveRight,
  IconDots,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerStop,
  IconRefresh,
  IconUserPlus,
} from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import type { TextId } from '../../app/catalogue.ts';
import { useChange } from '../../app/data.ts';
import { problemWords } from '../../app/problem-words.ts';
import { useRight } from '../../app/session.ts';
import { useText } from '../../app/text.tsx';
import { MembersStart } from './MembersStart.tsx';
import { MoveRuns } from './MoveRuns.tsx';
import { StartByHand } from './StartByHand.tsx';
import { SteerRuns, type Steering } from './SteerRuns.tsx';

type Verb = 'activate' | 'pause' | 'archive';

const done: Record<Verb, TextId> = {
  activate: 'workflows.activated',
  pause: 'workflows.paused',
  archive: 'workflows.archived',
};

/** Activate, pause, archive: each says first what will happen to whom. */
export function LaunchActions({ workflow }: { workflow: Workflow }) {
  const t = useText();
  const mayLaunch = useRight('workflows.launch');
  const [asked, setAsked] = useState<Verb | null>(null);
  const [starting, setStarting] = useState(false);
  const [steering, setSteering] = useState<Steering | null>(null);
  const [moving, setMoving] = useState(false);
  const { state, published } = workflow;
  if (!mayLaunch || state === 'archived') return null;
  // Nothing but a hand starts it: then that is what people come here for.
  const start = published?.definition['start'] as { type?: unknown } | null | undefined;
  const byHandOnly = state === 'active' && start?.type === 'manual';
  return (
    <>
      {byHandOnly ? (
        <Button leftSection={<IconUserPlus size={16} />} onClick={() => setStarting(true)}>
          {t('workflows.byHand')}
        </Button>
      ) : null}
      {state === 'active' ? (
        <Button
          variant="default"
          leftSection={<IconPlayerPause size={16} />}
          onClick={() => setAsked('pause')}
        >
          {t('workflows.pause')}
        </Button>
      ) : (
        <Tooltip label={t('workflows.needsVersion')} disabled={published !== null}>
          <Button
            leftSection={<IconPlayerPlay size={16} />}
            {...(published ? {} : { 'data-disabled': true, 'aria-disabled': true })}
            onClick={() => published && setAsked('activate')}
          >
            {t('workflows.activate')}
          </Button>
        </Tooltip>
      )}
      <Menu>
        <Menu.Target>
          <ActionIcon variant="default" size={32} aria-label={t('app.more')}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {state === 'active' && !byHandOnly ? (
            <Menu.Item leftSection={<IconUserPlus size={16} />} onClick={() => setStarting(true)}>
              {t('workflows.byHand')}
            </Menu.Item>
          ) : null}
          {published && workflow.running > 0 && published.version > 1 ? (
            <Menu.Item
              leftSection={<IconArrowMoveRight size={16} />}
              onClick={() => setMoving(true)}
            >
              {t('workflows.move')}
            </Menu.Item>
          ) : null}
          {published ? (
            <Menu.Item
              leftSection={<IconRefresh size={16} />}
              onClick={() => setSteering('retry_runs')}
            >
              {t('workflows.retry_runs')}
            </Menu.Item>
          ) : null}
          {workflow.running > 0 ? (
            <Menu.Item
              leftSection={<IconPlayerStop size={16} />}
              onClick={() => setSteering('stop_runs')}
            >
              {t('workflows.stop_runs')}
            </Menu.Item>
          ) : null}
          <Menu.Item leftSection={<IconArchive size={16} />} onClick={() => setAsked('archive')}>
            {t('workflows.archive')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {steering ? (
        <SteerRuns workflow={workflow} what={steering} onClose={() => setSteering(null)} />
      ) : null}
      {moving ? <MoveRuns workflow={workflow} onClose={() => setMoving(false)} /> : null}
      {starting ? <StartByHand workflow={workflow} onClose={() => setStarting(false)} /> : null}
      {asked ? (
        <LaunchDialog workflow={workflow} verb={asked} onClose={() => setAsked(null)} />
      ) : null}
    </>
  );
}

interface LaunchDialogProps {
  workflow: Workflow;
  verb: Verb;
  onClose: () => void;
}

function LaunchDialog({ workflow, verb, onClose }: LaunchDialogProps) {
  const t = useText();
  const launch = useChange((api) => api.post(`/workflows/${workflow.id}/${verb}`), ['/workflows']);
  const go = () =>
    launch.mutate(undefined, {
      onSuccess: () => {
        notifications.show({ message: t(done[verb]) });
        onClose();
      },
    });
  const refused = launch.error ? problemWords(launch.error, t) : null;
  return (
    <Modal opened onClose={onClose} title={t(`workflows.${verb}.title`, { name: workflow.name })}>
      <p style={{ margin: 0 }}>{consequence()}</p>
      {verb === 'activate' && workflow.state !== 'paused' ? (
        <MembersStart definition={workflow.published?.definition} />
      ) : null}
      {refused ? (
        <Alert color="red" variant="light" mt="md">
          {refused.detail}
        </Alert>
      ) : null}
      <Group justify="flex-end" mt="xl">
        <Button variant="default" onClick={onClose}>
          {t('app.cancel')}
        </Button>
        <Button
          color={verb === 'archive' ? 'red' : 'accent'}
          loading={launch.isPending}
          data-autofocus
          onClick={go}
        >
          {t(`workflows.${verb}`)}
        </Button>
      </Group>
    </Modal>
  );

  function consequence(): ReactNode {
    const count = workflow.running;
    if (verb !== 'activate') return t(`workflows.${verb}.detail`, { count });
    const version = workflow.published?.version ?? 0;
    return (
      <>
        {t('workflows.activate.detail', { version })}
        {count > 0 ? ` ${t('workflows.activate.resume', { count })}` : ''}
      </>
    );
  }
}
