import { Button, SegmentedControl, Select } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import {
  personalisationDifferences,
  type Message,
  type MessageVersion,
  type Personalisation,
} from '@perennial/contracts';
import { SkeletonBlock } from '@perennial/ui';
import { IconRestore } from '@tabler/icons-react';
import { useState } from 'react';
import { useChange, useRead } from '../../../app/data.ts';
import { Problem } from '../../../app/Problem.tsx';
import { useRight } from '../../../app/session.ts';
import { useShowProblem } from '../../../app/show-problem.ts';
import { useShowUndo } from '../../../app/show-undo.tsx';
import { useText } from '../../../app/text.tsx';
import { ContentDifference } from './ContentDifference.tsx';
import { SideBySide } from './SideBySide.tsx';
import classes from './Versions.module.css';

interface ComparisonProps {
  message: Message;
  from: number;
  to: number;
  onChange: (change: { from?: number; to?: number }) => void;
}

/** Two versions of a message: what differs, in words or as pictures. */
export function Comparison({ message, from, to, onChange }: ComparisonProps) {
  const t = useText();
  const [look, setLook] = useState('content');
  const { id, version: current } = message;
  const before = useRead<MessageVersion>(`/messages/${id}/versions/${from}`);
  const after = useRead<MessageVersion>(`/messages/${id}/versions/${to}`);
  const failed = before.error ? before : after.error ? after : undefined;
  const numbers = Array.from({ length: current }, (_, at) => current - at);
  return (
    <section className={classes.comparison} aria-label={t('versions.content')}>
      <div className={classes.bar}>
        <VersionSelect
          label={t('versions.compare.from')}
          value={from}
          numbers={numbers}
          onChange={(version) => onChange({ from: version })}
        />
        <VersionSelect
          label={t('versions.compare.to')}
          value={to}
          numbers={numbers}
          onChange={(version) => onChange({ to: version })}
        />
        <SegmentedControl
          size="xs"
          value={look}
          onChange={setLook}
          data={[
            { value: 'content', label: t('versions.content') },
            { value: 'pictures', label: t('versions.pictures') },
          ]}
        />
        <span className={classes.grow} />
        <RestoreButton
          message={message}
          version={to}
          onRestored={(made) => onChange({ from: to, to: made })}
        />
      </div>
      {failed ? (
        <Problem error={failed.error} onRetry={() => void failed.refetch()} />
      ) : before.data && after.data ? (
        look === 'content' ? (
          <ContentDifference
            before={before.data.content}
            after={after.data.content}
            rules={personalisationDifferences(rulesOf(before.data), rulesOf(after.data))}
            none={t(current === 1 ? 'versions.same.one' : 'versions.same')}
          />
        ) : (
          <SideBySide message={message} before={before.data} after={after.data} />
        )
      ) : (
        <SkeletonBlock height={320} />
      )}
    </section>
  );
}

/** An answer holds all of them; only a request may leave some out. */
function rulesOf({ personalisation }: MessageVersion): Personalisation {
  return personalisation as Personalisation;
}

interface VersionSelectProps {
  label: string;
  value: number;
  numbers: readonly number[];
  onChange: (version: number) => void;
}

function VersionSelect({ label, value, numbers, onChange }: VersionSelectProps) {
  const t = useText();
  return (
    <label className={classes.select}>
      <span>{label}</span>
      <Select
        size="xs"
        w={128}
        aria-label={label}
        allowDeselect={false}
        data={numbers.map((version) => ({
          value: String(version),
          label: t('versions.number', { version }),
        }))}
        value={String(value)}
        onChange={(next) => next && onChange(Number(next))}
      />
    </label>
  );
}

interface RestoreProps {
  message: Message;
  version: number;
  onRestored: (made: number) => void;
}

/** Makes the content of an older version the current one; the one before can come back again. */
function RestoreButton({ message, version, onRestored }: RestoreProps) {
  const t = useText();
  const mayWrite = useRight('messages.write');
  const showUndo = useShowUndo();
  const showProblem = useShowProblem();
  const restore = useChange<number, Message>(
    (api, wanted) => api.post(`/messages/${message.id}/versions/${wanted}/restore`),
    ['/messages'],
  );
  if (!mayWrite || version === message.version) return null;
  const former = message.version;
  const bring = (wanted: number, onDone: (made: Message) => void) =>
    restore.mutate(wanted, { onSuccess: onDone, onError: showProblem });
  return (
    <Button
      size="xs"
      variant="default"
      leftSection={<IconRestore size={16} />}
      loading={restore.isPending}
      onClick={() =>
        bring(version, (made) => {
          onRestored(made.version);
          showUndo(t('versions.restored', { version: made.version, from: version }), () =>
            bring(former, (back) => {
              onRestored(back.version);
              notifications.show({
                message: t('versions.restored', { version: back.version, from: former }),
              });
            }),
          );
        })
      }
    >
      {t('versions.restore', { version })}
    </Button>
  );
}
