import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { Campaign } from '@perennial/contracts';
import { TypedConfirm } from '@perennial/ui';
import { useState } from 'react';
import { useChange } from '../../app/data.ts';
import { useRight } from '../../app/session.ts';
import { useShowProblem } from '../../app/show-problem.ts';
import { useText } from '../../app/text.tsx';
import { letterOf } from './split-shares.ts';
import classes from './Campaigns.module.css';

/** While there is no winner: sends one variant to all who wait. It cannot be taken back. */
export function ChooseWinner({ campaign, variant }: { campaign: Campaign; variant: number }) {
  const t = useText();
  const maySend = useRight('messages.send');
  const showProblem = useShowProblem();
  const [asking, setAsking] = useState(false);
  const { id, state, winner, split } = campaign;
  const choose = useChange<number>(
    (api, n) => api.post(`/campaigns/${id}/winner`, { variant: n }),
    ['/campaigns'],
  );
  const letter = letterOf(variant);
  const title = t('campaigns.variants.chooseOne', { letter });
  const isOpen = split?.test && winner === null && (state === 'running' || state === 'paused');
  if (!maySend || !isOpen) return null;
  return (
    <>
      <Button
        className={classes.choose ?? ''}
        size="compact-xs"
        variant="default"
        aria-label={title}
        onClick={() => setAsking(true)}
      >
        {t('campaigns.variants.choose')}
      </Button>
      <TypedConfirm
        opened={asking}
        title={title}
        phrase={letter}
        confirmLabel={t('campaigns.variants.choose')}
        pending={choose.isPending}
        onClose={() => setAsking(false)}
        onConfirm={() => {
          setAsking(false);
          choose.mutate(variant, {
            onSuccess: () => void notifications.show({ message: t('campaigns.variants.chosen') }),
            onError: showProblem,
          });
        }}
      >
        {t('campaigns.variants.chooseDetail')}
      </TypedConfirm>
    </>
  );
}
