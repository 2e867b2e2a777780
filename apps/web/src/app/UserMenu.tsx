import { Menu, SegmentedControl, UnstyledButton, useMantineColorScheme } from '@mantine/core';
import { Avatar } from '@perennial/ui';
import { IconLogout, IconUserCircle } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useSession } from './session.ts';
import { useText } from './text.tsx';
import { useLogOut } from './use-log-out.ts';
import { useTo } from './use-to.ts';
import classes from './UserMenu.module.css';

export function UserMenu() {
  const t = useText();
  const to = useTo();
  const { user } = useSession();
  const logOut = useLogOut();
  return (
    <Menu width={260}>
      <Menu.Target>
        <UnstyledButton className={classes.button} aria-label={t('app.user')}>
          <Avatar name={user.name || user.email} size={28} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={classes.who}>
          <div className={classes.name} dir="auto">
            {user.name}
          </div>
          <div className={classes.email}>{user.email}</div>
        </div>
        <Menu.Divider />
        <div className={classes.theme}>
          <ThemeChoice />
        </div>
        <Menu.Divider />
        <Menu.Item leftSection={<IconUserCircle size={16} />} component={Link} to={to('account')}>
          {t('app.account')}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => logOut.mutate()}>
          {t('app.user.logOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** System, light or dark; kept in this browser. */
export function ThemeChoice() {
  const t = useText();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <SegmentedControl
      fullWidth
      aria-label={t('app.theme')}
      value={colorScheme}
      onChange={(value) => setColorScheme(value)}
      data={[
        { value: 'auto', label: t('app.theme.auto') },
        { value: 'light', label: t('app.theme.light') },
        { value: 'dark', label: t('app.theme.dark') },
      ]}
    />
  );
}
