import { ActionIcon, Kbd, Tooltip, UnstyledButton } from '@mantine/core';
import { useOs } from '@mantine/hooks';
import { spotlight } from '@mantine/spotlight';
import { IconMenu2, IconSearch } from '@tabler/icons-react';
import { JobsTray } from '../features/jobs/JobsTray.tsx';
import { HelpMenu } from './HelpMenu.tsx';
import { useText } from './text.tsx';
import { UserMenu } from './UserMenu.tsx';
import { WorkspaceSwitch } from './WorkspaceSwitch.tsx';
import classes from './TopBar.module.css';

interface TopBarProps {
  /** Given on narrow screens, where the navigation is a drawer. */
  onOpenNavigation: (() => void) | undefined;
  onShowShortcuts: () => void;
}

export function TopBar({ onOpenNavigation, onShowShortcuts }: TopBarProps) {
  const t = useText();
  return (
    <div className={classes.bar}>
      {onOpenNavigation ? (
        <Tooltip label={t('app.nav.open')}>
          <ActionIcon size={36} aria-label={t('app.nav.open')} onClick={onOpenNavigation}>
            <IconMenu2 size={20} />
          </ActionIcon>
        </Tooltip>
      ) : null}
      <WorkspaceSwitch />
      <SearchButton />
      <div className={classes.end}>
        <JobsTray />
        <HelpMenu onShowShortcuts={onShowShortcuts} />
        <UserMenu />
      </div>
    </div>
  );
}

function SearchButton() {
  const t = useText();
  const os = useOs();
  return (
    <UnstyledButton
      className={classes.search}
      onClick={spotlight.open}
      aria-label={t('app.search')}
    >
      <IconSearch size={16} aria-hidden />
      <span className={classes.searchText}>{t('app.search')}</span>
      <Kbd className={classes.searchKey}>{os === 'macos' ? '⌘ K' : 'Ctrl K'}</Kbd>
    </UnstyledButton>
  );
}
