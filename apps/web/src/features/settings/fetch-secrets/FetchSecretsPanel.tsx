import { Button } from '@mantine/core';
import type { FetchSecret } from '@perennial/contracts';
import { Panel, SkeletonLines } from '@perennial/ui';
import { IconLock, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useList } from '../../../app/data.ts';
import { Problem } from '../../../app/Problem.tsx';
import { useRight } from '../../../app/session.ts';
import { useText } from '../../../app/text.tsx';
import classes from '../channels/Channels.module.css';
import { FetchSecretForm } from './FetchSecretForm.tsx';
import { FetchSecretRow } from './FetchSecretRow.tsx';

/** Secrets that messages fetch content with. */
export function FetchSecretsPanel() {
  const t = useText();
  const mayWrite = useRight('settings.write');
  const [editing, setEditing] = useState<{ secret: FetchSecret | null } | null>(null);
  const secrets = useList<FetchSecret>('/fetch_secrets');
  return (
    <Panel>
      <div className={classes.head}>
        <IconLock size={20} stroke={1.5} aria-hidden />
        <span className={classes.name}>{t('fetchSecrets.title')}</span>
        {mayWrite ? (
          <Button
            variant="default"
            size="xs"
            leftSection={<IconPlus size={14} />}
            onClick={() => setEditing({ secret: null })}
          >
            {t('fetchSecrets.add')}
          </Button>
        ) : null}
      </div>
      <p className={classes.order}>{t('fetchSecrets.detail')}</p>
      {secrets.error ? <Problem error={secrets.error} onRetry={secrets.retry} /> : null}
      {secrets.loading ? <SkeletonLines lines={2} /> : null}
      {secrets.first && secrets.items.length === 0 ? (
        <p className={classes.order}>{t('fetchSecrets.none')}</p>
      ) : null}
      {secrets.items.map((secret) => (
        <FetchSecretRow
          key={secret.id}
          secret={secret}
          mayWrite={mayWrite}
          onEdit={() => setEditing({ secret })}
        />
      ))}
      {editing ? <FetchSecretForm {...editing} onClose={() => setEditing(null)} /> : null}
    </Panel>
  );
}
