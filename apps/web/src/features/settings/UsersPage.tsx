import { Button, Select } from '@mantine/core';
import { ALL_ROLES, type Role, type User } from '@perennial/contracts';
import {
  Avatar,
  Page,
  PageHeader,
  StatusBadge,
  Time,
  useTableView,
  type Column,
  type Tone,
} from '@perennial/ui';
import { IconPlus } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useChange, useList } from '../../app/data.ts';
import { ListTable } from '../../app/ListTable.tsx';
import { useRight, useSession } from '../../app/session.ts';
import { useShowProblem } from '../../app/show-problem.ts';
import { useText, type Say } from '../../app/text.tsx';
import { InviteUser } from './InviteUser.tsx';
import { RoleMatrix } from './RoleMatrix.tsx';
import { UserActions } from './UserActions.tsx';
import classes from './Settings.module.css';

const tones: Record<User['state'], Tone> = {
  active: 'success',
  invited: 'warning',
  disabled: 'neutral',
};

/** Who may log in to this workspace, and as what. */
export function UsersPage() {
  const t = useText();
  const mayWrite = useRight('users.write');
  const { user: me } = useSession();
  const [inviting, setInviting] = useState(false);
  const columns = useMemo(() => userColumns(t, mayWrite, me.id), [t, mayWrite, me.id]);
  const view = useTableView('users', columns);
  const users = useList<User>('/users', { query: { limit: 500 } });
  return (
    <Page
      layout="fill"
      header={
        <PageHeader
          title={t('app.settings.users')}
          count={users.first ? users.items.length : null}
          detail={t('settings.users.detail')}
          actions={
            mayWrite ? (
              <Button leftSection={<IconPlus size={16} />} onClick={() => setInviting(true)}>
                {t('settings.users.invite')}
              </Button>
            ) : null
          }
        />
      }
    >
      <ListTable
        label={t('app.settings.users')}
        view={view}
        list={users}
        rowKey={(user) => user.id}
        empty={null}
      />
      <RoleMatrix />
      {inviting ? <InviteUser onClose={() => setInviting(false)} /> : null}
    </Page>
  );
}

function userColumns(t: Say, mayWrite: boolean, ownId: string): Column<User>[] {
  return [
    {
      id: 'user',
      header: t('settings.users.column.user'),
      width: 260,
      grow: 3,
      fixed: true,
      phone: 'title',
      cell: (user) => <UserName user={user} isMe={user.id === ownId} />,
    },
    {
      id: 'role',
      header: t('settings.users.column.role'),
      width: 250,
      phone: 'meta',
      cell: (user) => <RoleSelect user={user} readOnly={!mayWrite} />,
    },
    {
      id: 'state',
      header: t('settings.users.column.state'),
      width: 120,
      cell: ({ state }) => (
        <StatusBadge tone={tones[state]}>{t(`settings.users.state.${state}`)}</StatusBadge>
      ),
    },
    {
      id: 'totp',
      header: t('settings.users.column.totp'),
      width: 120,
      cell: (user) => (
        <span className={user.totp_enabled ? undefined : classes.muted}>
          {t(user.totp_enabled ? 'settings.users.totpOn' : 'settings.users.totpOff')}
        </span>
      ),
    },
    {
      id: 'seen',
      header: t('settings.users.column.seen'),
      width: 110,
      align: 'end',
      cell: (user) => <Time at={user.last_seen_at} />,
    },
    {
      id: 'actions',
      header: '',
      width: 60,
      align: 'end',
      fixed: true,
      phone: 'end',
      cell: (user) => (mayWrite && user.id !== ownId ? <UserActions user={user} /> : null),
    },
  ];
}

function UserName({ user, isMe }: { user: User; isMe: boolean }) {
  const t = useText();
  return (
    <span className={classes.user}>
      <Avatar name={user.name || user.email} size={24} />
      <span className={classes.userText}>
        {user.name ? (
          <span dir="auto" className={classes.strong}>
            {user.name}{' '}
          </span>
        ) : null}
        <span className={classes.muted}>{user.email}</span>
      </span>
      {isMe ? (
        <StatusBadge tone="accent" variant="soft">
          {t('settings.users.you')}
        </StatusBadge>
      ) : null}
    </span>
  );
}

/** The role is changed where it stands; a refusal (the last admin) is told and it stays. */
function RoleSelect({ user, readOnly }: { user: User; readOnly: boolean }) {
  const t = useText();
  const showProblem = useShowProblem();
  const change = useChange(
    (api, role: Role) => api.patch(`/users/${user.id}`, { role }),
    ['/users'],
  );
  if (readOnly) return t(`settings.role.${user.role}`);
  return (
    <Select
      size="xs"
      w={230}
      aria-label={t('settings.users.role', { name: user.name || user.email })}
      data={ALL_ROLES.map((role) => ({ value: role, label: t(`settings.role.${role}`) }))}
      value={change.isPending ? change.variables : user.role}
      allowDeselect={false}
      onChange={(role) => role && change.mutate(role, { onError: showProblem })}
    />
  );
}
