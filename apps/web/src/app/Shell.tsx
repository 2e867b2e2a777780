import { Drawer } from '@mantine/core';
import { useDisclosure, useHotkeys, useLocalStorage, useMediaQuery } from '@mantine/hooks';
import { lazy, Suspense, useEffect } from 'react';
import { Outlet, useLocation } from 'react-router';
import { Boundary } from './Boundary.tsx';
import { Navigation } from './Navigation.tsx';
import { SampleBanner } from './SampleBanner.tsx';
import { ShortcutList } from './ShortcutList.tsx';
import { TopBar } from './TopBar.tsx';
import { useWorkspace } from './session.ts';
import { useText } from './text.tsx';
import classes from './Shell.module.css';

const CommandPalette = lazy(() => import('./CommandPalette.tsx'));

/** Navigation at the start, top bar, and the page. */
export function Shell() {
  const t = useText();
  const { sample } = useWorkspace();
  const location = useLocation();
  const narrow = useMediaQuery('(max-width: 62em)', false, { getInitialValueInEffect: false });
  const [drawer, setDrawer] = useDisclosure();
  const [shortcuts, setShortcuts] = useDisclosure();
  const [collapsed, setCollapsed] = useLocalStorage({
    key: 'perennial.nav.collapsed',
    defaultValue: false,
    getInitialValueInEffect: false,
  });
  useHotkeys([
    ['[', () => setCollapsed(!collapsed)],
    ['shift+?', setShortcuts.open],
  ]);
  useEffect(() => setDrawer.close(), [location.pathname, setDrawer.close]);
  return (
    <div className={classes.shell}>
      <a className={classes.skip} href="#content">
        {t('app.skip')}
      </a>
      {narrow ? (
        <Drawer
          opened={drawer}
          onClose={setDrawer.close}
          size={264}
          padding={0}
          withCloseButton={false}
        >
          <Navigation collapsed={false} />
        </Drawer>
      ) : (
        <Navigation collapsed={collapsed} onToggle={() => setCollapsed(!collapsed)} />
      )}
      <div className={classes.content}>
        <TopBar
          onOpenNavigation={narrow ? setDrawer.open : undefined}
          onShowShortcuts={setShortcuts.open}
        />
        {sample ? <SampleBanner /> : null}
        <main id="content" className={classes.main} tabIndex={-1}>
          <Boundary key={location.pathname}>
            <Suspense fallback={null}>
              <Outlet />
            </Suspense>
          </Boundary>
        </main>
      </div>
      <Suspense fallback={null}>
        <CommandPalette />
      </Suspense>
      <ShortcutList opened={shortcuts} onClose={setShortcuts.close} />
    </div>
  );
}
