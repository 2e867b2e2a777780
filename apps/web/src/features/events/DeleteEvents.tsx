import { Button, Group, Modal, SegmentedControl, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { EventDeletionPreview, EventType, Job } from '@perennial/contracts';
import { Panel, TypedConfirm } from '@perennial/ui';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import type { ApiProblem } from '../../api.ts';
import { useChange } from '../../app/data.ts';
import { problemWords } from '../../app/problem-words.ts';
import { useApi } from '../../app/session.ts';
import { useShowProblem } from '../../app/show-problem.ts';
import { useText } from '../../app/text.tsx';
import { useTray } from '../jobs/tray.ts';
import { readRange, type DeletionRange } from './deletion-range.ts';
import classes from './Events.module.css';

/** Takes away events of a time, those imported by mistake most of all. */
export function DeleteEvents({ type }: { type: EventType }) {
  const t = useText();
  const [opened, setOpened] = useState(false);
  return (
    <Panel title={t('events.clear.title')}>
      <div className={classes.danger}>
        <div className={classes.hint}>{t('events.clear.detail')}</div>
        <Button color="red" variant="outline" onClick={() => setOpened(true)}>
          {t('events.clear.action')}
        </Button>
      </div>
      {opened ? <DeletionDialog type={type} onClose={() => setOpened(false)} /> : null}
    </Panel>
  );
}

/** First which ones, and how many these are; then, typed, that they shall go. */
function DeletionDialog({ type, onClose }: { type: EventType; onClose: () => void }) {
  const t = useText();
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [which, setWhich] = useState<'past' | 'all'>('past');
  const [sure, setSure] = useState(false);
  const range = readRange({ type: type.key, from, to, which });
  const preview = usePreview(range);
  if (sure && range && preview.data) {
    return <Confirm range={range} preview={preview.data} onClose={onClose} />;
  }
  return (
    <Modal opened onClose={onClose} title={t('events.clear.ask', { key: type.key })}>
      <form
        className={classes.settings}
        onSubmit={(event) => {
          event.preventDefault();
          if (preview.data && preview.data.count > 0) setSure(true);
        }}
      >
        <SegmentedControl
          value={which}
          onChange={(value) => setWhich(value)}
          data={[
            { value: 'past', label: t('events.clear.past') },
            { value: 'all', label: t('events.clear.all') },
          ]}
        />
        <div className={classes.hint}>{t(`events.clear.${which}Detail`)}</div>
        <div className={classes.pair}>
          <TextInput
            type="datetime-local"
            label={t('events.filter.from')}
            value={from}
            data-autofocus
            onChange={(event) => setFrom(event.currentTarget.value)}
          />
          <TextInput
            type="datetime-local"
            label={t('events.filter.to')}
            description={t('events.clear.toHint')}
            inputWrapperOrder={['label', 'input', 'description']}
            value={to}
            error={from && to && !range ? t('events.clear.backwards') : null}
            onChange={(event) => setTo(event.currentTarget.value)}
          />
        </div>
        <div role="status" className={classes.verdict}>
          {range ? (
            <Found preview={preview.data} error={preview.error} />
          ) : (
            t('events.clear.choose')
          )}
        </div>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('app.cancel')}
          </Button>
          <Button type="submit" color="red" disabled={!range || !preview.data?.count}>
            {t('events.clear.next')}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}

function usePreview(range: DeletionRange | undefined) {
  const api = useApi();
  return useQuery<EventDeletionPreview, ApiProblem>({
    queryKey: [api.workspace, 'events', 'deletion', range],
    queryFn: () => api.post<EventDeletionPreview>('/events/delete/preview', range),
    enabled: range !== undefined,
    staleTime: 0,
  });
}

interface FoundProps {
  preview: EventDeletionPreview | undefined;
  error: ApiProblem | null;
}

function Found({ preview, error }: FoundProps) {
  const t = useText();
  if (error) return problemWords(error, t).detail;
  if (!preview) return t('events.clear.counting');
  const { count, exact } = preview;
  return t(exact ? 'events.clear.found' : 'events.clear.foundMany', { count });
}

interface ConfirmProps {
  range: DeletionRange;
  preview: EventDeletionPreview;
  onClose: () => void;
}

function Confirm({ range, preview: { count, exact }, onClose }: ConfirmProps) {
  const t = useText();
  const intl = useIntl();
  const showProblem = useShowProblem();
  const tray = useTray();
  const remove = useChange<void, Job>((api) => api.post<Job>('/events/delete', range), ['/jobs']);
  const instant = (at: string) => intl.formatDate(at, { dateStyle: 'medium', timeStyle: 'short' });
  const confirm = () =>
    remove.mutate(undefined, {
      onError: showProblem,
      onSuccess: ({ id }) => {
        tray.follow(id);
        notifications.show({ message: t('events.clear.begun', { key: range.type }) });
      },
      onSettled: onClose,
    });
  return (
    <TypedConfirm
      opened
      title={t('events.clear.ask', { key: range.type })}
      phrase={range.type}
      confirmLabel={t('events.clear.go')}
      pending={remove.isPending}
      onClose={onClose}
      onConfirm={confirm}
    >
      <p className={classes.consequence}>
        {t(exact ? 'events.clear.which' : 'events.clear.whichMany', {
          count,
          from: instant(range.from),
          to: instant(range.to),
        })}
      </p>
      <ul className={classes.consequences}>
        <li>{t('events.clear.effect.gone')}</li>
        <li>{t('events.clear.effect.runs')}</li>
        <li>{t('events.clear.effect.lists')}</li>
        <li>{t('events.clear.effect.stop')}</li>
      </ul>
    </TypedConfirm>
  );
}
