import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { EventType } from '@perennial/contracts';
import { Panel, TypedConfirm } from '@perennial/ui';
import { useState } from 'react';
import { useChange } from '../../app/data.ts';
import { useShowProblem } from '../../app/show-problem.ts';
import { useText } from '../../app/text.tsx';
import { useGo } from '../../app/use-to.ts';
import classes from './Events.module.css';

/** Takes the type away with its history, which cannot be undone. */
export function DeleteType({ type, count }: { type: EventType; count: number | undefined }) {
  const t = useText();
  const go = useGo();
  const showProblem = useShowProblem();
  const [asking, setAsking] = useState(false);
  const remove = useChange(
    (api) => api.delete(`/event_types/${encodeURIComponent(type.key)}`),
    ['/event_types', '/events', '/jobs'],
  );
  const used = type.uses.some(({ state }) => state === 'active' || state === 'paused');
  const confirm = () =>
    remove.mutate(undefined, {
      onError: showProblem,
      onSuccess: () => {
        notifications.show({ message: t('events.delete.done', { key: type.key }) });
        go('event-types');
      },
      onSettled: () => setAsking(false),
    });
  return (
    <Panel title={t('events.delete.title')}>
      <div className={classes.danger}>
        <div className={classes.hint}>
          {t(used ? 'events.delete.used' : 'events.delete.detail')}
        </div>
        <Button color="red" variant="outline" disabled={used} onClick={() => setAsking(true)}>
          {t('events.delete.action')}
        </Button>
      </div>
      <TypedConfirm
        opened={asking}
        title={t('events.delete.ask', { key: type.key })}
        phrase={type.key}
        confirmLabel={t('events.delete.action')}
        pending={remove.isPending}
        onClose={() => setAsking(false)}
        onConfirm={confirm}
      >
        {t('events.delete.consequence', { count: count ?? 0 })}
      </TypedConfirm>
    </Panel>
  );
}
