import { ActionIcon, Button, Menu } from '@mantine/core';
import type { Sender, SenderDomain } from '@perennial/contracts';
import { Copyable, Panel, SkeletonLines, StatusBadge } from '@perennial/ui';
import { IconDots, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useChange, useList } from '../../app/data.ts';
import { Problem } from '../../app/Problem.tsx';
import { useRight } from '../../app/session.ts';
import { useShowProblem } from '../../app/show-problem.ts';
import { useText } from '../../app/text.tsx';
import { DeleteSender } from './DeleteSender.tsx';
import classes from './SenderDomains.module.css';
import { SenderForm } from './SenderForm.tsx';

type Dialog = { kind: 'add' } | { kind: 'edit' | 'delete'; sender: Sender };

/** Whom messages may be from at this domain. */
export function SendersPanel({ domain }: { domain: SenderDomain }) {
  const t = useText();
  const mayWrite = useRight('settings.write');
  const senders = useList<Sender>('/senders', { query: { limit: 500 } });
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const own = senders.items.filter(({ domain_id: id }) => id === domain.id);
  const close = () => setDialog(null);
  return (
    <Panel
      title={t('senders.title')}
      actions={
        mayWrite ? (
          <Button
            variant="default"
            size="xs"
            leftSection={<IconPlus size={14} />}
            onClick={() => setDialog({ kind: 'add' })}
          >
            {t('senders.add')}
          </Button>
        ) : null
      }
    >
      {senders.error ? <Problem error={senders.error} onRetry={senders.retry} /> : null}
      {senders.loading ? <SkeletonLines lines={3} /> : null}
      {senders.first && own.length === 0 ? (
        <p className={classes.muted}>{t('senders.none')}</p>
      ) : null}
      <ul className={classes.senders}>
        {own.map((sender) => (
          <SenderLine
            key={sender.id}
            sender={sender}
            mayWrite={mayWrite}
            onDialog={(kind) => setDialog({ kind, sender })}
          />
        ))}
      </ul>
      {dialog?.kind === 'add' ? (
        <SenderForm sender={null} domain={domain.display} onClose={close} />
      ) : null}
      {dialog?.kind === 'edit' ? (
        <SenderForm sender={dialog.sender} domain={domain.display} onClose={close} />
      ) : null}
      {dialog?.kind === 'delete' ? <DeleteSender sender={dialog.sender} onClose={close} /> : null}
    </Panel>
  );
}

interface SenderLineProps {
  sender: Sender;
  mayWrite: boolean;
  onDialog: (kind: 'edit' | 'delete') => void;
}

function SenderLine({ sender, mayWrite, onDialog }: SenderLineProps) {
  const t = useText();
  const showProblem = useShowProblem();
  const { id, name, address, reply_to: replyTo, is_default: isDefault } = sender;
  const choose = useChange(
    (api) => api.patch(`/senders/${id}`, { is_default: !isDefault }),
    ['/senders'],
  );
  return (
    <li className={classes.sender}>
      <span className={classes.senderText}>
        <span className={classes.strong} dir="auto">
          {name || address}
        </span>
        <span className={classes.muted}>
          <Copyable value={address} />
          {replyTo === null ? null : ` · ${t('senders.replyTo.is', { address: replyTo })}`}
        </span>
      </span>
      {isDefault ? <StatusBadge tone="accent">{t('senders.default')}</StatusBadge> : null}
      {mayWrite ? (
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon aria-label={t('senders.actions', { address })}>
              <IconDots size={16} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => onDialog('edit')}>{t('senders.edit')}</Menu.Item>
            <Menu.Item onClick={() => choose.mutate(undefined, { onError: showProblem })}>
              {t(isDefault ? 'senders.dropDefault' : 'senders.makeDefault')}
            </Menu.Item>
            <Menu.Item color="red" onClick={() => onDialog('delete')}>
              {t('senders.delete')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      ) : null}
    </li>
  );
}
