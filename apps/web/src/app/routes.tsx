import { createBrowserRouter, type RouteObject } from 'react-router';
import { NotFound } from './NotFound.tsx';
import { RouteCrash } from './RouteCrash.tsx';
import { Shell } from './Shell.tsx';
import { RequireSession, ToWorkspace, WorkspaceScope } from './Workspace.tsx';

type Load = () => Promise<{ Component: React.ComponentType }>;

function page(path: string, load: Load): RouteObject {
  return path === '' ? { index: true, lazy: load } : { path, lazy: load };
}

/** The pages of a workspace; each is loaded when it is first opened. */
const pages: RouteObject[] = [
  page('', async () => ({ Component: (await import('../features/home/HomePage.tsx')).HomePage })),
  page('account', async () => ({
    Component: (await import('../features/session/AccountPage.tsx')).AccountPage,
  })),
  page('contacts', async () => ({
    Component: (await import('../features/contacts/list/ContactsPage.tsx')).ContactsPage,
  })),
  page('contacts/duplicates', async () => ({
    Component: (await import('../features/contacts/list/DuplicatesPage.tsx')).DuplicatesPage,
  })),
  page('contacts/:id', async () => ({
    Component: (await import('../features/contacts/ContactPage.tsx')).ContactPage,
  })),
  page('merges', async () => ({
    Component: (await import('../features/merges/MergesPage.tsx')).MergesPage,
  })),
  page('segments', async () => ({
    Component: (await import('../features/segments/SegmentsPage.tsx')).SegmentsPage,
  })),
  page('segments/overlap', async () => ({
    Component: (await import('../features/segments/OverlapPage.tsx')).OverlapPage,
  })),
  page('segments/new', async () => ({
    Component: (await import('../features/segments/editor/SegmentEditorPage.tsx')).NewSegmentPage,
  })),
  page('segments/:id/edit', async () => ({
    Component: (await import('../features/segments/editor/SegmentEditorPage.tsx')).EditSegmentPage,
  })),
  page('segments/:id/:tab?', async () => ({
    Component: (await import('../features/segments/SegmentPage.tsx')).SegmentPage,
  })),
  page('messages', async () => ({
    Component: (await import('../features/messages/MessagesPage.tsx')).MessagesPage,
  })),
  page('messages/new', async () => ({
    Component: (await import('../features/messages/NewMessagePage.tsx')).NewMessagePage,
  })),
  page('messages/:id/versions', async () => ({
    Component: (await import('../features/messages/library/VersionsPage.tsx')).VersionsPage,
  })),
  page('messages/:id/subjects', async () => ({
    Component: (await import('../features/messages/subjects/SubjectsPage.tsx')).SubjectsPage,
  })),
  page('messages/:id', async () => ({
    Component: (await import('../features/messages/MessagePage.tsx')).MessagePage,
  })),
  page('content-blocks', async () => ({
    Component: (await import('../features/blocks/BlocksPage.tsx')).BlocksPage,
  })),
  page('content-blocks/:id', async () => ({
    Component: (await import('../features/blocks/BlockPage.tsx')).BlockPage,
  })),
  page('campaigns', async () => ({
    Component: (await import('../features/campaigns/CampaignsPage.tsx')).CampaignsPage,
  })),
  page('campaigns/:id', async () => ({
    Component: (await import('../features/campaigns/CampaignPage.tsx')).CampaignPage,
  })),
  page('outbox', async () => ({
    Component: (await import('../features/outbox/OutboxPage.tsx')).OutboxPage,
  })),
  page('workflows', async () => ({
    Component: (await import('../features/workflows/WorkflowsPage.tsx')).WorkflowsPage,
  })),
  page('workflows/new', async () => ({
    Component: (await import('../features/workflows/NewWorkflowPage.tsx')).NewWorkflowPage,
  })),
  page('workflows/:id/:tab?', async () => ({
    Component: (await import('../features/workflows/WorkflowPage.tsx')).WorkflowPage,
  })),
  page('events', async () => ({
    Component: (await import('../features/events/LivePage.tsx')).LivePage,
  })),
  page('event-types', async () => ({
    Component: (await import('../features/events/EventTypesPage.tsx')).EventTypesPage,
  })),
  page('event-types/:key', async () => ({
    Component: (await import('../features/events/EventTypePage.tsx')).EventTypePage,
  })),
  page('alarms', async () => ({
    Component: (await import('../features/alarms/AlarmsPage.tsx')).AlarmsPage,
  })),
  page('alarms/new', async () => ({
    Component: (await import('../features/alarms/AlarmPage.tsx')).NewAlarmPage,
  })),
  page('alarms/:id', async () => ({
    Component: (await import('../features/alarms/AlarmPage.tsx')).AlarmPage,
  })),
  page('settings/workspace', async () => ({
    Component: (await import('../features/settings/WorkspacePage.tsx')).WorkspacePage,
  })),
  page('settings/channels', async () => ({
    Component: (await import('../features/settings/channels/ChannelsPage.tsx')).ChannelsPage,
  })),
  page('settings/domains', async () => ({
    Component: (await import('../features/sender-domains/DomainsPage.tsx')).DomainsPage,
  })),
  page('settings/domains/:id', async () => ({
    Component: (await import('../features/sender-domains/DomainPage.tsx')).DomainPage,
  })),
  page('settings/fields', async () => ({
    Component: (await import('../features/settings/FieldsPage.tsx')).FieldsPage,
  })),
  page('settings/event-mapping', async () => ({
    Component: (await import('../features/events/EventMappingPage.tsx')).EventMappingPage,
  })),
  page('settings/consent', async () => ({
    Component: (await import('../features/settings/ConsentPage.tsx')).ConsentPage,
  })),
  page('settings/pages', async () => ({
    Component: (await import('../features/recipient-pages/RecipientPagesPage.tsx'))
      .RecipientPagesPage,
  })),
  page('settings/sending', async () => ({
    Component: (await import('../features/sending/SendingPage.tsx')).SendingPage,
  })),
  page('settings/tags', async () => ({
    Component: (await import('../features/tags/TagsPage.tsx')).TagsPage,
  })),
  page('settings/apps', async () => ({
    Component: (await import('../features/apps/AppsPage.tsx')).AppsPage,
  })),
  page('settings/keys', async () => ({
    Component: (await import('../features/settings/KeysPage.tsx')).KeysPage,
  })),
  page('settings/webhooks', async () => ({
    Component: (await import('../features/webhooks/WebhooksPage.tsx')).WebhooksPage,
  })),
  page('settings/webhooks/:id', async () => ({
    Component: (await import('../features/webhooks/WebhookPage.tsx')).WebhookPage,
  })),
  page('settings/promo-codes', async () => ({
    Component: (await import('../features/promo-codes/PromoPoolsPage.tsx')).PromoPoolsPage,
  })),
  page('settings/promo-codes/:id', async () => ({
    Component: (await import('../features/promo-codes/PromoPoolPage.tsx')).PromoPoolPage,
  })),
  page('settings/users', async () => ({
    Component: (await import('../features/settings/UsersPage.tsx')).UsersPage,
  })),
  page('settings/erasures', async () => ({
    Component: (await import('../features/privacy/ErasuresPage.tsx')).ErasuresPage,
  })),
  page('settings/audit', async () => ({
    Component: (await import('../features/settings/audit/AuditPage.tsx')).AuditPage,
  })),
  page('settings/system', async () => ({
    Component: (await import('../features/settings/SystemPage.tsx')).SystemPage,
  })),
  { path: '*', Component: NotFound },
];

/** Every address of the interface. */
export function createRouter(): ReturnType<typeof createBrowserRouter> {
  return createBrowserRouter([
    {
      errorElement: <RouteCrash />,
      hydrateFallbackElement: <></>,
      children: [
        page('/login', async () => ({
          Component: (await import('../features/session/LogInPage.tsx')).LogInPage,
        })),
        page('/setup', async () => ({
          Component: (await import('../features/session/SetupPage.tsx')).SetupPage,
        })),
        {
          path: '/w/:workspace',
          element: (
            <RequireSession>
              <WorkspaceScope>
                <Shell />
              </WorkspaceScope>
            </RequireSession>
          ),
          children: pages,
        },
        {
          path: '*',
          element: (
            <RequireSession>
              <ToWorkspace />
            </RequireSession>
          ),
        },
      ],
    },
  ]);
}
