import { ActionIcon, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { AccessKey, App, AppPlatform } from '@perennial/contracts';
import { Copyable, Fact, Facts, Panel, StatusBadge } from '@perennial/ui';
import {
  IconBrandAndroid,
  IconBrandApple,
  IconDots,
  IconPuzzle,
  IconServer,
  IconWorld,
  type Icon,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useChange } from '../../app/data.ts';
import { useRight } from '../../app/session.ts';
import { useShowProblem } from '../../app/show-problem.ts';
import { useText } from '../../app/text.tsx';
import classes from './Apps.module.css';
import { IdentitySection } from './IdentitySection.tsx';
import { NewApp } from './NewApp.tsx';

const looks: Record<AppPlatform, Icon> = {
  ios: IconBrandApple,
  android: IconBrandAndroid,
  web: IconWorld,
  server: IconServer,
  other: IconPuzzle,
};

/** One app with its keys, and whether it proves who its users are. */
export function AppPanel({ app, keys }: { app: App; keys: readonly AccessKey[] }) {
  const t = useText();
  const archived = app.archived_at !== null;
  const Look = looks[app.platform];
  return (
    <Panel>
      <div className={classes.head}>
        <Look size={20} stroke={1.5} aria-hidden />
        <h2 className={classes.name} dir="auto">
          {app.name}
        </h2>
        {archived ? (
          <StatusBadge tone="neutral" variant="soft">
            {t('apps.archived')}
          </StatusBadge>
        ) : (
          <StatusBadge tone={app.require_verified ? 'success' : 'warning'} variant="soft">
            {t('apps.identity')}
            {': '}
            {t(app.require_verified ? 'apps.identity.on' : 'apps.identity.off')}
          </StatusBadge>
        )}
        <AppMenu app={app} />
      </div>
      {archived ? null : (
        <>
          <Facts>
            <Fact label={t('apps.keysOf')}>
              {keys.length === 0 ? (
                <span className={classes.muted}>{t('apps.keysOf.none')}</span>
              ) : (
                <span className={classes.keys}>
                  {keys.map((key) => (
                    <Copyable key={key.id} value={key.shown} mono />
                  ))}
                </span>
              )}
            </Fact>
            <Fact label={t('apps.uuid')}>
              <Copyable value={app.uuid} mono />
            </Fact>
          </Facts>
          <IdentitySection app={app} />
        </>
      )}
    </Panel>
  );
}

function AppMenu({ app }: { app: App }) {
  const t = useText();
  const mayWrite = useRight('settings.write');
  const showProblem = useShowProblem();
  const [renaming, setRenaming] = useState(false);
  const archived = app.archived_at !== null;
  const change = useChange(
    (api, to: boolean) => api.patch(`/apps/${app.id}`, { archived: to }),
    ['/apps'],
  );
  const turn = () =>
    change.mutate(!archived, {
      onError: showProblem,
      onSuccess: () =>
        notifications.show({
          message: t(archived ? 'apps.restoredToast' : 'apps.archivedToast', { name: app.name }),
        }),
    });
  if (!mayWrite) return null;
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={t('app.more')}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => setRenaming(true)}>{t('apps.rename')}</Menu.Item>
          <Menu.Item onClick={turn}>{t(archived ? 'apps.restore' : 'apps.archive')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {renaming ? <NewApp app={app} onClose={() => setRenaming(false)} /> : null}
    </>
  );
}
