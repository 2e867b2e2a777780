import { ActionIcon, Button, Group, Menu, Modal } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { User } from '@perennial/contracts';
import { IconDots, IconLink, IconLock, IconLockOpen, IconUserMinus } from '@tabler/icons-react';
import { useState } from 'react';
import { useChange } from '../../app/data.ts';
import { useShowProblem } from '../../app/show-problem.ts';
import { useText } from '../../app/text.tsx';
import { LinkDialog } from './LinkDialog.tsx';

/** What can be done about another user. */
export function UserActions({ user }: { user: User }) {
  const t = useText();
  const showProblem = useShowProblem();
  const [removing, setRemoving] = useState(false);
  const name = user.name || user.email;
  const reset = useChange<void, { link: string }>(
    (api) => api.post(`/users/${user.id}/password_reset`),
    [],
  );
  const lock = useChange(
    (api, disabled: boolean) => api.patch(`/users/${user.id}`, { disabled }),
    ['/users'],
  );
  const locked = user.state === 'disabled';
  return (
    <>
      <Menu>
        <Menu.Target>
          <ActionIcon aria-label={t('settings.users.actions', { name })}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconLink size={16} />}
            onClick={() => reset.mutate(undefined, { onError: showProblem })}
          >
            {t('settings.users.reset')}
          </Menu.Item>
          <Menu.Item
            leftSection={locked ? <IconLockOpen size={16} /> : <IconLock size={16} />}
            onClick={() => lock.mutate(!locked, { onError: showProblem })}
          >
            {t(locked ? 'settings.users.enable' : 'settings.users.disable')}
          </Menu.Item>
          <Menu.Item
            color="red"
            leftSection={<IconUserMinus size={16} />}
            onClick={() => setRemoving(true)}
          >
            {t('settings.users.remove')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {reset.data ? (
        <LinkDialog link={reset.data.link} email={user.email} onClose={() => reset.reset()} />
      ) : null}
      {removing ? <RemoveUser user={user} onClose={() => setRemoving(false)} /> : null}
    </>
  );
}

function RemoveUser({ user, onClose }: { user: User; onClose: () => void }) {
  const t = useText();
  const showProblem = useShowProblem();
  const name = user.name || user.email;
  const remove = useChange((api) => api.delete(`/users/${user.id}`), ['/users']);
  const go = () =>
    remove.mutate(undefined, {
      onSuccess: () => notifications.show({ message: t('settings.users.removed', { name }) }),
      onError: showProblem,
      onSettled: onClose,
    });
  return (
    <Modal opened onClose={onClose} title={t('settings.users.remove.title', { name })}>
      {t('settings.users.remove.detail')}
      <Group justify="flex-end" mt="xl">
        <Button variant="default" onClick={onClose}>
          {t('app.cancel')}
        </Button>
        <Button color="red" loading={remove.isPending} onClick={go}>
          {t('settings.users.remove')}
        </Button>
      </Group>
    </Modal>
  );
}
