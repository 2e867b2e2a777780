import { Drawer } from '@mantine/core';
import {
  useDisclosure,
  useDocumentTitle,
  useHotkeys,
  useLocalStorage,
  useMediaQuery,
} from '@mantine/hooks';
import { lazy, Suspense, useEffect } from 'react';
import { Outlet, useLocation } from 'react-router';
import { Boundary } from './Boundary.tsx';
import { Navigation } from './Navigation.tsx';
import { useReturnFocus } from './use-return-focus.ts';
import { useOpenPage } from './use-open-page.ts';
import { SampleBanner } from './SampleBanner.tsx';
import { TopBar } from './TopBar.tsx';
import { useWorkspace } from './session.ts';
import { useText } from './text.tsx';
import classes from './Shell.module.css';

const ShortcutList = lazy(async () => ({
  default: (await import('./ShortcutList.tsx')).ShortcutList,
}));
const CommandPalette = lazy(async () => ({
  default: (await import('./CommandPalette.tsx')).CommandPalette,
}));

/** Navigation at the start, top bar, and the page. */
export function Shell() {
  const t = useText();
  const { sample, name } = useWorkspace();
  const page = useOpenPage();
  useDocumentTitle([page && t(page.text), name, t('app.name')].filter(Boolean).join(' · '));
  const location = useLocation();
  const narrow = useMediaQuery('(max-width: 62em)', false, { getInitialValueInEffect: false });
  const [drawer, { open: openDrawer, close: closeDrawer }] = useDisclosure();
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
  useReturnFocus();
  useEffect(() => closeDrawer(), [location.pathname, closeDrawer]);
  return (
    <div className={classes.shell}>
      <a className={classes.skip} href="#content">
        {t('app.skip')}
      </a>
      {narrow ? (
        <Drawer
          opened={drawer}
          onClose={closeDrawer}
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
          onOpenNavigation={narrow ? openDrawer : undefined}
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
      {shortcuts ? (
        <Suspense fallback={null}>
          <ShortcutList opened onClose={setShortcuts.close} />
        </Suspense>
      ) : null}
    </div>
  );
}
