import { ActionIcon, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { FetchSecret } from '@perennial/contracts';
import { Time, TypedConfirm } from '@perennial/ui';
import { IconCopy, IconDots, IconPencil, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { useChange } from '../../../app/data.ts';
import { useShowProblem } from '../../../app/show-problem.ts';
import { Rich, useText } from '../../../app/text.tsx';
import { useTo } from '../../../app/use-to.ts';
import classes from '../channels/Channels.module.css';

interface FetchSecretRowProps {
  secret: FetchSecret;
  mayWrite: boolean;
  onEdit: () => void;
}

/** A secret by its name, with where it goes and when it was given. */
export function FetchSecretRow({ secret, mayWrite, onEdit }: FetchSecretRowProps) {
  return (
    <div className={classes.provider}>
      <div className={classes.text}>
        <div className={classes.strong}>{secret.name}</div>
        <div className={classes.muted}>
          {`${secret.origin} · ${secret.header} · `}
          <Rich id="fetchSecrets.given" values={{ at: <Time key="at" at={secret.changed_at} /> }} />
        </div>
      </div>
      <Actions secret={secret} mayWrite={mayWrite} onEdit={onEdit} />
    </div>
  );
}

function Actions({ secret, mayWrite, onEdit }: FetchSecretRowProps) {
  const { id, name, origin } = secret;
  const t = useText();
  const showProblem = useShowProblem();
  const [deleting, setDeleting] = useState(false);
  const remove = useChange((api) => api.delete(`/fetch_secrets/${id}`), ['/fetch_secrets']);
  const copy = async () => {
    await navigator.clipboard.writeText(`{% fetch "${origin}/" as content, secret: "${name}" %}`);
    notifications.show({ message: t('fetchSecrets.copied') });
  };
  return (
    <div className={classes.actions}>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon aria-label={t('fetchSecrets.actions', { name })}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconCopy size={14} />} onClick={() => void copy()}>
            {t('fetchSecrets.copy')}
          </Menu.Item>
          {mayWrite ? (
            <>
              <Menu.Item leftSection={<IconPencil size={14} />} onClick={onEdit}>
                {t('fetchSecrets.edit')}
              </Menu.Item>
              <Menu.Item
                color="red"
                leftSection={<IconTrash size={14} />}
                onClick={() => setDeleting(true)}
              >
                {t('fetchSecrets.delete')}
              </Menu.Item>
            </>
          ) : null}
        </Menu.Dropdown>
      </Menu>
      <TypedConfirm
        opened={deleting}
        title={t('fetchSecrets.delete.title', { name })}
        phrase={name}
        confirmLabel={t('fetchSecrets.delete')}
        pending={remove.isPending}
        onClose={() => setDeleting(false)}
        onConfirm={() => remove.mutate(undefined, { onError: showProblem })}
      >
        <p>{t('fetchSecrets.delete.detail')}</p>
        <UsedBy messages={secret.used_by} />
      </TypedConfirm>
    </div>
  );
}

/** Messages that will miss it; more than a few are counted. */
function UsedBy({ messages }: { messages: FetchSecret['used_by'] }) {
  const t = useText();
  const to = useTo();
  if (messages.length === 0) return <p>{t('fetchSecrets.delete.unused')}</p>;
  const left = messages.length - MOST_SHOWN;
  return (
    <>
      <p>{t('fetchSecrets.delete.usedBy')}</p>
      <ul className={classes.uses}>
        {messages.slice(0, MOST_SHOWN).map(({ id, name }) => (
          <li key={id}>
            <Link to={to(`messages/${id}`)}>{name}</Link>
          </li>
        ))}
        {left > 0 ? <li>{t('fetchSecrets.delete.more', { n: left })}</li> : null}
      </ul>
    </>
  );
}

const MOST_SHOWN = 8;
