import { ActionIcon, Button, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { Mailbox, MailboxTrial } from '@perennial/contracts';
import { StatusBadge, Time, TypedConfirm, type Tone } from '@perennial/ui';
import {
  IconDots,
  IconPencil,
  IconPlayerPause,
  IconPlayerPlay,
  IconTrash,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useChange } from '../../../app/data.ts';
import { useShowProblem } from '../../../app/show-problem.ts';
import { Rich, useText, type Say } from '../../../app/text.tsx';
import classes from '../channels/Channels.module.css';

const tones: Record<Mailbox['condition'] | 'off', Tone> = {
  new: 'neutral',
  well: 'success',
  refused: 'danger',
  failing: 'warning',
  off: 'neutral',
};

interface MailboxRowProps {
  mailbox: Mailbox;
  onEdit: () => void;
}

/** A mailbox with its state, what came to it and what can be done with it. */
export function MailboxRow({ mailbox, onEdit }: MailboxRowProps) {
  const t = useText();
  const condition = mailbox.enabled ? mailbox.condition : 'off';
  return (
    <div className={classes.provider}>
      <div className={classes.text}>
        <div className={classes.strong} dir="auto">
          {mailbox.name}
        </div>
        <div className={classes.muted}>
          {`${mailbox.user} · ${mailbox.host}:${mailbox.port} · ${mailbox.folder}`}
        </div>
        <Traffic mailbox={mailbox} />
        {mailbox.enabled ? <Trouble mailbox={mailbox} /> : null}
      </div>
      <span className={classes.condition}>
        <StatusBadge tone={tones[condition]}>{t(`mailboxes.condition.${condition}`)}</StatusBadge>
      </span>
      <Actions mailbox={mailbox} onEdit={onEdit} />
    </div>
  );
}

function Traffic({ mailbox: { counts, last_mail_at: last } }: { mailbox: Mailbox }) {
  const t = useText();
  if (last === null) return <div className={classes.muted}>{t('mailboxes.noMail')}</div>;
  const { told, ...others } = counts;
  return (
    <div className={classes.muted}>
      <Rich id="mailboxes.lastMail" values={{ at: <Time key="at" at={last} /> }} />
      {' · '}
      {t('mailboxes.counts', {
        told,
        others: others.nothing + others.unknown + others.gone,
      })}
    </div>
  );
}

function Trouble({ mailbox: { problem, next_at: next, condition } }: { mailbox: Mailbox }) {
  if (problem === null) return null;
  return (
    <div className={classes.trouble} data-mild={condition === 'failing' || undefined}>
      <div className={classes.problem} dir="auto">
        {problem}
      </div>
      {next === null ? null : (
        <div className={classes.muted}>
          <Rich id="mailboxes.again" values={{ at: <Time key="at" at={next} /> }} />
        </div>
      )}
    </div>
  );
}

function Actions({ mailbox, onEdit }: MailboxRowProps) {
  const t = useText();
  const showProblem = useShowProblem();
  const [deleting, setDeleting] = useState(false);
  const { id, name, enabled } = mailbox;
  const test = useChange<void, MailboxTrial>((api) => api.post(`/mailboxes/${id}/test`), []);
  const turn = useChange(
    (api) => api.patch(`/mailboxes/${id}`, { enabled: !enabled }),
    ['/mailboxes'],
  );
  const remove = useChange((api) => api.delete(`/mailboxes/${id}`), ['/mailboxes']);
  return (
    <div className={classes.actions}>
      <Button
        variant="default"
        size="xs"
        loading={test.isPending}
        onClick={() =>
          test.mutate(undefined, {
            onError: showProblem,
            onSuccess: (trial) =>
              notifications.show({
                message: trialWords(trial, t),
                ...(!trial.ok && { color: 'red', autoClose: 10_000 }),
              }),
          })
        }
      >
        {t('mailboxes.test')}
      </Button>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon aria-label={t('mailboxes.actions', { name })}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPencil size={14} />} onClick={onEdit}>
            {t('mailboxes.edit')}
          </Menu.Item>
          <Menu.Item
            leftSection={enabled ? <IconPlayerPause size={14} /> : <IconPlayerPlay size={14} />}
            onClick={() => turn.mutate(undefined, { onError: showProblem })}
          >
            {t(enabled ? 'mailboxes.turnOff' : 'mailboxes.turnOn')}
          </Menu.Item>
          <Menu.Item
            color="red"
            leftSection={<IconTrash size={14} />}
            onClick={() => setDeleting(true)}
          >
            {t('mailboxes.delete')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <TypedConfirm
        opened={deleting}
        title={t('mailboxes.delete.title')}
        phrase={name}
        confirmLabel={t('mailboxes.delete')}
        pending={remove.isPending}
        onClose={() => setDeleting(false)}
        onConfirm={() => remove.mutate(undefined, { onError: showProblem })}
      >
        {t('mailboxes.delete.detail')}
      </TypedConfirm>
    </div>
  );
}

function trialWords(trial: MailboxTrial, t: Say): string {
  const { ok, problem, folders, messages, tells_at_once: tells } = trial;
  if (!ok) {
    return folders.length === 0
      ? (problem ?? '')
      : t('mailboxes.test.folders', { problem, folders: folders.join(', ') });
  }
  const words = t('mailboxes.test.ok', { n: messages ?? 0 });
  return tells === false ? `${words} ${t('mailboxes.test.polls')}` : words;
}
