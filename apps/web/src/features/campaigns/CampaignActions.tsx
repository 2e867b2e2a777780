import { ActionIcon, Button, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { Campaign, CampaignFollows } from '@perennial/contracts';
import { TypedConfirm } from '@perennial/ui';
import {
  IconCopy,
  IconDots,
  IconPencil,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerStop,
  IconTrash,
} from '@tabler/icons-react';
import { useState } from 'react';
import type { TextId } from '../../app/catalogue.ts';
import { useChange } from '../../app/data.ts';
import { useRight } from '../../app/session.ts';
import { useShowProblem } from '../../app/show-problem.ts';
import { useText } from '../../app/text.tsx';
import { useGo } from '../../app/use-to.ts';
import { StartDialog } from './StartDialog.tsx';

type Verb = 'pause' | 'resume' | 'cancel' | 'unschedule';

const done: Record<Verb, TextId> = {
  pause: 'campaigns.paused',
  resume: 'campaigns.resumed',
  cancel: 'campaigns.cancelled',
  unschedule: 'campaigns.unscheduled',
};

/** What can be done with a campaign in its state. */
export function CampaignActions({ campaign }: { campaign: Campaign }) {
  const t = useText();
  const maySend = useRight('messages.send');
  const [starting, setStarting] = useState(false);
  const [cancelling, setCancelling] = useState(false);
  const turn = useTurn(campaign);
  const { state, schedule, name } = campaign;
  const isDraft = state === 'draft';
  return (
    <>
      {maySend && isDraft ? (
        <Button leftSection={<IconPlayerPlay size={16} />} onClick={() => setStarting(true)}>
          {t(schedule.kind === 'now' ? 'campaigns.start' : 'campaigns.schedule')}
        </Button>
      ) : null}
      {maySend && state === 'paused' ? (
        <Button
          leftSection={<IconPlayerPlay size={16} />}
          loading={turn.pending}
          onClick={() => turn.act('resume')}
        >
          {t('campaigns.resume')}
        </Button>
      ) : null}
      {maySend && (state === 'running' || state === 'scheduled') ? (
        <Button
          variant="default"
          leftSection={<IconPlayerPause size={16} />}
          loading={turn.pending}
          onClick={() => turn.act('pause')}
        >
          {t('campaigns.pause')}
        </Button>
      ) : null}
      <MoreActions
        campaign={campaign}
        onCancel={() => setCancelling(true)}
        onUnschedule={() => turn.act('unschedule')}
      />
      {starting ? <StartDialog campaign={campaign} onClose={() => setStarting(false)} /> : null}
      <TypedConfirm
        opened={cancelling}
        title={t('campaigns.cancel.title', { name })}
        phrase={name}
        confirmLabel={t('campaigns.cancel')}
        keepLabel={t('campaigns.keep')}
        pending={turn.pending}
        onClose={() => setCancelling(false)}
        onConfirm={() => {
          setCancelling(false);
          turn.act('cancel');
        }}
      >
        {t(campaign.started_at ? 'campaigns.cancel.detail' : 'campaigns.cancel.unstarted')}
      </TypedConfirm>
    </>
  );
}

function useTurn({ id }: Campaign): { act: (verb: Verb) => void; pending: boolean } {
  const t = useText();
  const showProblem = useShowProblem();
  const turn = useChange<Verb>((api, verb) => api.post(`/campaigns/${id}/${verb}`), ['/campaigns']);
  return {
    pending: turn.isPending,
    act: (verb) =>
      turn.mutate(verb, {
        onSuccess: () => void notifications.show({ message: t(done[verb]) }),
        onError: showProblem,
      }),
  };
}

interface MoreProps {
  campaign: Campaign;
  onCancel: () => void;
  onUnschedule: () => void;
}

function MoreActions({ campaign, onCancel, onUnschedule }: MoreProps) {
  const t = useText();
  const maySend = useRight('messages.send');
  const mayWrite = useRight('messages.write');
  const { state, started_at: started } = campaign;
  const copy = useCopies(campaign);
  const isUnderWay = ['scheduled', 'running', 'paused'].includes(state);
  if (!mayWrite && !(maySend && isUnderWay)) return null;
  return (
    <Menu>
      <Menu.Target>
        <ActionIcon variant="default" size={32} aria-label={t('app.more')}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {mayWrite ? (
          <Menu.Item leftSection={<IconCopy size={16} />} onClick={copy.same}>
            {t('campaigns.copy')}
          </Menu.Item>
        ) : null}
        {mayWrite && started ? (
          <>
            <Menu.Label>{t('campaigns.extra')}</Menu.Label>
            {(['not_opened', 'not_clicked', 'opened', 'clicked'] as const).map((who) => (
              <Menu.Item key={who} onClick={() => copy.extra(who)}>
                {t(`campaigns.extra.${who}`)}
              </Menu.Item>
            ))}
          </>
        ) : null}
        {maySend && !started && (state === 'scheduled' || state === 'paused') ? (
          <Menu.Item leftSection={<IconPencil size={16} />} onClick={onUnschedule}>
            {t('campaigns.unschedule')}
          </Menu.Item>
        ) : null}
        {maySend && isUnderWay ? (
          <Menu.Item color="red" leftSection={<IconPlayerStop size={16} />} onClick={onCancel}>
            {t('campaigns.cancel')}
          </Menu.Item>
        ) : null}
        {mayWrite && state === 'draft' ? (
          <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={copy.remove}>
            {t('campaigns.delete')}
          </Menu.Item>
        ) : null}
      </Menu.Dropdown>
    </Menu>
  );
}

/** Drafts made of a campaign, and a draft that goes. */
function useCopies({ id, name, message, tags }: Campaign) {
  const t = useText();
  const go = useGo();
  const showProblem = useShowProblem();
  const opening = {
    onSuccess: (made: Campaign) => go(`campaigns/${made.id}`),
    onError: showProblem,
  };
  const same = useChange<void, Campaign>(
    (api) => api.post(`/campaigns/${id}/copy`, {}),
    ['/campaigns'],
  );
  const extra = useChange<CampaignFollows['who'], Campaign>(
    (api, who) =>
      api.post('/campaigns', {
        name: t('campaigns.extra.name', { name }).slice(0, 200),
        message,
        tags,
        follows: { campaign: id, who },
      }),
    ['/campaigns'],
  );
  const remove = useChange((api) => api.delete(`/campaigns/${id}`), ['/campaigns']);
  return {
    same: () => same.mutate(undefined, opening),
    extra: (who: CampaignFollows['who']) => extra.mutate(who, opening),
    remove: () =>
      remove.mutate(undefined, {
        onSuccess: () => {
          notifications.show({ message: t('campaigns.deleted') });
          go('campaigns');
        },
        onError: showProblem,
      }),
  };
}
