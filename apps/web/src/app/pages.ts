import {
  IconBolt,
  IconHome,
  IconMail,
  IconSettings,
  IconSitemap,
  IconUsers,
  type Icon,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';
import { DomainBadge } from '../features/sender-domains/DomainBadge.tsx';
import type { TextId } from './catalogue.ts';

export interface NavPage {
  /** Below the workspace; empty is Home. */
  path: string;
  text: TextId;
  /** What stands beside its name while something there needs somebody. */
  badge?: ComponentType;
}

export interface NavSection {
  id: string;
  text: TextId;
  icon: Icon;
  /** A section of one page is that page. */
  pages: readonly NavPage[];
  /** Stays folded until one of its pages is open. */
  folded?: boolean;
}

/** The navigation, in its order; the command palette offers the same pages. */
export const sections: readonly NavSection[] = [
  { id: 'home', text: 'app.home', icon: IconHome, pages: [{ path: '', text: 'app.home' }] },
  {
    id: 'contacts',
    text: 'app.contacts',
    icon: IconUsers,
    pages: [
      { path: 'contacts', text: 'app.contacts.all' },
      { path: 'segments', text: 'app.contacts.segments' },
      { path: 'merges', text: 'merges.page' },
    ],
  },
  {
    id: 'messages',
    text: 'app.messages',
    icon: IconMail,
    pages: [
      { path: 'messages', text: 'app.messages.library' },
      { path: 'campaigns', text: 'app.messages.campaigns' },
      { path: 'content-blocks', text: 'blocks.title' },
      { path: 'outbox', text: 'app.messages.outbox' },
    ],
  },
  {
    id: 'workflows',
    text: 'app.workflows',
    icon: IconSitemap,
    pages: [{ path: 'workflows', text: 'app.workflows' }],
  },
  {
    id: 'events',
    text: 'app.events',
    icon: IconBolt,
    pages: [
      { path: 'events', text: 'app.events.live' },
      { path: 'event-types', text: 'app.events.types' },
      { path: 'alarms', text: 'alarms.page' },
    ],
  },
  {
    id: 'settings',
    text: 'app.settings',
    icon: IconSettings,
    folded: true,
    pages: [
      { path: 'settings/workspace', text: 'app.settings.workspace' },
      { path: 'settings/channels', text: 'app.settings.channels' },
      { path: 'settings/domains', text: 'domains.page', badge: DomainBadge },
      { path: 'settings/fields', text: 'app.settings.fields' },
      { path: 'settings/event-mapping', text: 'app.settings.mapping' },
      { path: 'settings/consent', text: 'app.settings.consent' },
      { path: 'settings/pages', text: 'app.settings.pages' },
      { path: 'settings/sending', text: 'app.settings.sending' },
      { path: 'settings/tags', text: 'tags.page' },
      { path: 'settings/apps', text: 'app.settings.apps' },
      { path: 'settings/keys', text: 'app.settings.keys' },
      { path: 'settings/webhooks', text: 'webhooks.page' },
      { path: 'settings/promo-codes', text: 'promo.page' },
      { path: 'settings/users', text: 'app.settings.users' },
      { path: 'settings/erasures', text: 'app.settings.erasures' },
      { path: 'settings/audit', text: 'app.settings.audit' },
      { path: 'settings/system', text: 'app.settings.system' },
    ],
  },
];

/** The page of the navigation that a path below the workspace belongs to: the longest prefix. */
export function navPageOf(path: string): NavPage | undefined {
  return sections
    .flatMap((section) => section.pages)
    .filter((page) => path === page.path || (page.path !== '' && path.startsWith(`${page.path}/`)))
    .sort((a, b) => b.path.length - a.path.length)[0];
}
