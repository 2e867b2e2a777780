import { ActionIcon, Menu, Tooltip, UnstyledButton } from '@mantine/core';
import {
  IconChevronRight,
  IconLayoutSidebarLeftCollapse,
  IconLayoutSidebarLeftExpand,
} from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { Link } from 'react-router';
import { Logo } from './Logo.tsx';
import { sections, type NavPage, type NavSection } from './pages.ts';
import { useText } from './text.tsx';
import { useOpenPage } from './use-open-page.ts';
import { useTo } from './use-to.ts';
import classes from './Navigation.module.css';

interface NavigationProps {
  collapsed: boolean;
  onToggle?: () => void;
}

export function Navigation({ collapsed, onToggle }: NavigationProps) {
  const t = useText();
  const to = useTo();
  const open = useOpenPage();
  return (
    <nav className={classes.nav} data-collapsed={collapsed || undefined} aria-label={t('app.nav')}>
      <Link to={to('')} className={classes.brand} aria-label={t('app.name')}>
        <Logo size={24} />
        {collapsed ? null : <span className={classes.name}>{t('app.name')}</span>}
      </Link>
      <div className={classes.sections}>
        {sections.map((section) =>
          collapsed ? (
            <IconSection key={section.id} section={section} open={open} />
          ) : (
            <Section key={section.id} section={section} open={open} />
          ),
        )}
      </div>
      {onToggle ? (
        <div className={classes.foot}>
          <Tooltip label={t(collapsed ? 'app.nav.expand' : 'app.nav.collapse')} position="right">
            <ActionIcon
              aria-label={t(collapsed ? 'app.nav.expand' : 'app.nav.collapse')}
              onClick={onToggle}
            >
              {collapsed ? (
                <IconLayoutSidebarLeftExpand size={16} />
              ) : (
                <IconLayoutSidebarLeftCollapse size={16} />
              )}
            </ActionIcon>
          </Tooltip>
        </div>
      ) : null}
    </nav>
  );
}

interface SectionProps {
  section: NavSection;
  open: NavPage | undefined;
}

function Section({ section, open }: SectionProps) {
  const t = useText();
  const to = useTo();
  const holdsOpen = section.pages.some((page) => page === open);
  const [unfolded, setUnfolded] = useState(false);
  const only = section.pages.length === 1 ? section.pages[0] : undefined;
  const Glyph = section.icon;
  if (only && section.id !== 'contacts') {
    return (
      <Link
        to={to(only.path)}
        className={classes.item}
        data-on={holdsOpen || undefined}
        {...current(holdsOpen)}
      >
        <Glyph size={16} stroke={1.75} aria-hidden />
        <span>{t(section.text)}</span>
      </Link>
    );
  }
  const shown = !section.folded || holdsOpen || unfolded;
  return (
    <div className={classes.section}>
      {section.folded ? (
        <UnstyledButton
          className={classes.item}
          aria-expanded={shown}
          onClick={() => setUnfolded(!shown)}
        >
          <Glyph size={16} stroke={1.75} aria-hidden />
          <span>{t(section.text)}</span>
          <IconChevronRight size={14} className={classes.chevron} data-open={shown || undefined} />
        </UnstyledButton>
      ) : (
        <Link to={to(section.pages[0]?.path ?? '')} className={classes.item}>
          <Glyph size={16} stroke={1.75} aria-hidden />
          <span>{t(section.text)}</span>
        </Link>
      )}
      {shown ? <Pages pages={section.pages} open={open} /> : null}
    </div>
  );
}

function Pages({ pages, open }: { pages: readonly NavPage[]; open: NavPage | undefined }) {
  const t = useText();
  const to = useTo();
  const list = useRef<HTMLUListElement>(null);
  // Where one is has to be in sight, in a low window as well.
  useEffect(() => {
    list.current?.querySelector('[data-on]')?.scrollIntoView({ block: 'nearest' });
  }, [open]);
  return (
    <ul ref={list} className={classes.pages}>
      {pages.map((page) => (
        <li key={page.path}>
          <Link
            to={to(page.path)}
            className={classes.page}
            data-on={page === open || undefined}
            {...current(page === open)}
          >
            {t(page.text)}
            {page.badge ? <page.badge /> : null}
          </Link>
        </li>
      ))}
    </ul>
  );
}

/** Collapsed, a section is its icon; its pages are in a menu. */
function IconSection({ section, open }: SectionProps) {
  const t = useText();
  const to = useTo();
  const on = section.pages.some((page) => page === open);
  const Glyph = section.icon;
  const only = section.pages.length === 1 ? section.pages[0] : undefined;
  if (only) {
    return (
      <Tooltip label={t(section.text)} position="right">
        <Link
          to={to(only.path)}
          className={classes.icon}
          data-on={on || undefined}
          aria-label={t(section.text)}
          {...current(on)}
        >
          <Glyph size={20} stroke={1.5} />
        </Link>
      </Tooltip>
    );
  }
  return (
    <Menu trigger="click-hover" position="right-start" openDelay={60} closeDelay={120}>
      <Menu.Target>
        <UnstyledButton
          className={classes.icon}
          data-on={on || undefined}
          aria-label={t(section.text)}
        >
          <Glyph size={20} stroke={1.5} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t(section.text)}</Menu.Label>
        {section.pages.map((page) => (
          <Menu.Item
            key={page.path}
            component={Link}
            to={to(page.path)}
            {...current(page === open)}
          >
            {t(page.text)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function current(on: boolean): { 'aria-current'?: 'page' } {
  return on ? { 'aria-current': 'page' } : {};
}
