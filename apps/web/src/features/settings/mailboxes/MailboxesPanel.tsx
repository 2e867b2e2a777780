import { Button } from '@mantine/core';
import type { Mailbox } from '@perennial/contracts';
import { Panel, SkeletonLines } from '@perennial/ui';
import { IconMailbox, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useList } from '../../../app/data.ts';
import { Problem } from '../../../app/Problem.tsx';
import { useRight } from '../../../app/session.ts';
import { useText } from '../../../app/text.tsx';
import classes from '../channels/Channels.module.css';
import { MailboxForm } from './MailboxForm.tsx';
import { MailboxRow } from './MailboxRow.tsx';

const RENEW_MS = 10_000;

/** Mailboxes that returned mail is read from, with how each is doing. */
export function MailboxesPanel() {
  const t = useText();
  const may = useRight('settings.write');
  const [editing, setEditing] = useState<{ mailbox: Mailbox | null } | null>(null);
  const mailboxes = useList<Mailbox>('/mailboxes', { enabled: may, every: RENEW_MS });
  if (!may) return null;
  return (
    <Panel>
      <div className={classes.head}>
        <IconMailbox size={20} stroke={1.5} aria-hidden />
        <span className={classes.name}>{t('mailboxes.title')}</span>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPlus size={14} />}
          onClick={() => setEditing({ mailbox: null })}
        >
          {t('mailboxes.add')}
        </Button>
      </div>
      <p className={classes.order}>{t('mailboxes.detail')}</p>
      {mailboxes.error ? <Problem error={mailboxes.error} onRetry={mailboxes.retry} /> : null}
      {mailboxes.loading ? <SkeletonLines lines={2} /> : null}
      {mailboxes.first && mailboxes.items.length === 0 ? (
        <p className={classes.order}>{t('mailboxes.none')}</p>
      ) : null}
      {mailboxes.items.map((mailbox) => (
        <MailboxRow key={mailbox.id} mailbox={mailbox} onEdit={() => setEditing({ mailbox })} />
      ))}
      {editing ? <MailboxForm {...editing} onClose={() => setEditing(null)} /> : null}
    </Panel>
  );
}
