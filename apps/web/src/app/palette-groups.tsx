import { useMantineColorScheme, type MantineColorScheme } from '@mantine/core';
import type { Contact } from '@perennial/contracts';
import { Avatar, ChannelIcon } from '@perennial/ui';
import {
  IconBolt,
  IconBuilding,
  IconKey,
  IconMoon,
  IconPlus,
  IconSitemap,
  IconSun,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { contactName } from '../features/contacts/contact.ts';
import type { TextId } from './catalogue.ts';
import { useList } from './data.ts';
import { sections } from './pages.ts';
import { useRight, useSession, useWorkspace } from './session.ts';
import { useText } from './text.tsx';
import { useGo } from './use-to.ts';

export interface PaletteAction {
  id: string;
  label: string;
  description?: string | undefined;
  icon: ReactNode;
  run: () => void;
}

export interface PaletteGroup {
  label: string;
  actions: PaletteAction[];
}

interface Named {
  id: string;
  name: string;
  channel?: string;
}

const shownOfEach = 5;

/** What the palette offers for what is typed; `asked` lags behind for what the server looks up. */
export function usePaletteGroups(query: string, asked: string): PaletteGroup[] {
  const t = useText();
  const wanted = query.toLocaleLowerCase();
  const matching = (actions: PaletteAction[]) =>
    actions.filter((action) => action.label.toLocaleLowerCase().includes(wanted));
  const objects = useObjects(asked);
  const pages = usePages();
  const actions = useActions();
  return [
    { label: t('app.palette.pages'), actions: matching(pages).slice(0, wanted ? 6 : 20) },
    ...objects,
    { label: t('app.palette.actions'), actions: matching(actions) },
    { label: t('app.palette.workspaces'), actions: matching(useWorkspaceActions()) },
  ];
}

function usePages(): PaletteAction[] {
  const t = useText();
  const go = useGo();
  return sections.flatMap((section) =>
    section.pages.map((page) => ({
      id: `page:${page.path}`,
      label: page.text === section.text ? t(page.text) : `${t(section.text)} › ${t(page.text)}`,
      icon: <section.icon size={20} stroke={1.5} />,
      run: () => go(page.path),
    })),
  );
}

/** Contacts are looked up by the server; the few workflows, messages and types here. */
function useObjects(asked: string): PaletteGroup[] {
  const t = useText();
  const go = useGo();
  const searching = asked.length >= 2;
  const contacts = useList<Contact>('/contacts', {
    query: { search: asked, limit: shownOfEach },
    enabled: searching,
    keepPrevious: false,
  });
  const workflows = useList<Named>('/workflows', { enabled: searching });
  const messages = useList<Named>('/messages', { enabled: searching });
  const types = useList<{ key: string }>('/event_types', { enabled: searching });
  if (!searching) return [];
  const wanted = asked.toLocaleLowerCase();
  const named = (items: readonly Named[]) =>
    items.filter((item) => item.name.toLocaleLowerCase().includes(wanted)).slice(0, shownOfEach);
  return [
    {
      label: t('app.palette.contacts'),
      actions: contacts.items.map((contact) => ({
        id: `contact:${contact.id}`,
        label: contactName(contact) ?? t('app.contact.unnamed', { id: contact.id }),
        description: contact.email ?? contact.external_id ?? contact.phone ?? undefined,
        icon: <Avatar name={contactName(contact) ?? contact.id} size={24} />,
        run: () => go(`contacts/${contact.id}`),
      })),
    },
    {
      label: t('app.palette.workflows'),
      actions: named(workflows.items).map((workflow) => ({
        id: `workflow:${workflow.id}`,
        label: workflow.name,
        icon: <IconSitemap size={20} stroke={1.5} />,
        run: () => go(`workflows/${workflow.id}`),
      })),
    },
    {
      label: t('app.palette.messages'),
      actions: named(messages.items).map((message) => ({
        id: `message:${message.id}`,
        label: message.name,
        icon: <ChannelIcon channel={message.channel ?? ''} size={20} />,
        run: () => go(`messages/${message.id}`),
      })),
    },
    {
      label: t('app.palette.eventTypes'),
      actions: types.items
        .filter(({ key }) => key.toLocaleLowerCase().includes(wanted))
        .slice(0, shownOfEach)
        .map(({ key }) => ({
          id: `type:${key}`,
          label: key,
          icon: <IconBolt size={20} stroke={1.5} />,
          run: () => go(`event-types/${encodeURIComponent(key)}`),
        })),
    },
  ];
}

const themes: readonly { scheme: MantineColorScheme; text: TextId }[] = [
  { scheme: 'light', text: 'app.theme.light' },
  { scheme: 'dark', text: 'app.theme.dark' },
  { scheme: 'auto', text: 'app.theme.auto' },
];

function useActions(): PaletteAction[] {
  const t = useText();
  const go = useGo();
  const { setColorScheme } = useMantineColorScheme();
  const creations = [
    { may: useRight('workflows.write'), text: 'app.palette.newWorkflow', path: 'workflows/new' },
    { may: useRight('messages.write'), text: 'app.palette.newMessage', path: 'messages/new' },
    { may: useRight('settings.write'), text: 'app.palette.newKey', path: 'settings/keys?new=1' },
  ] as const;
  return [
    ...creations
      .filter((creation) => creation.may)
      .map(({ text, path }) => ({
        id: text,
        label: t(text),
        icon: path.includes('keys') ? <IconKey size={20} stroke={1.5} /> : <IconPlus size={20} />,
        run: () => go(path),
      })),
    ...themes.map(({ scheme, text }) => ({
      id: `theme:${scheme}`,
      label: t('app.palette.theme', { theme: t(text).toLocaleLowerCase() }),
      icon:
        scheme === 'dark' ? (
          <IconMoon size={20} stroke={1.5} />
        ) : (
          <IconSun size={20} stroke={1.5} />
        ),
      run: () => setColorScheme(scheme),
    })),
  ];
}

function useWorkspaceActions(): PaletteAction[] {
  const { workspaces } = useSession();
  const current = useWorkspace();
  const navigate = useNavigate();
  return workspaces
    .filter((workspace) => workspace.id !== current.id)
    .map((workspace) => ({
      id: `workspace:${workspace.id}`,
      label: workspace.name,
      icon: <IconBuilding size={20} stroke={1.5} />,
      run: () => void navigate(`/w/${workspace.slug}`),
    }));
}
