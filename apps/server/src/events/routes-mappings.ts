import {
  eventMappingSchema,
  idParams,
  mappingPreviewSchema,
  mappingTrialSchema,
  newEventMappingSchema,
  pageOf,
} from '@perennial/contracts';
import type { z } from 'zod';
import { listUnindexed } from '../contacts/index.ts';
import { inTransaction, type Db, type Pool } from '../db/index.ts';
import { defineRoute, nothing, type ManageRoute } from '../http/index.ts';
import type { EventItem } from '../inbox/index.ts';
import { maskText, mayReadPersonal } from '../users/index.ts';
import { createMapping, deleteMapping } from './change-mappings.ts';
import { readWorkspaceEvents } from './event-definitions.ts';
import { identifyParams, idsAndFields } from './identify-params.ts';
import { listMappings, type MappingRow } from './mapping-queries.ts';

export interface MappingRouteParts {
  /** What the resolver would decide about an event; a room to the right knows. */
  previewEvent: (
    db: Pool,
    options: { workspaceId: number; item: EventItem; now: Date },
  ) => Promise<{ contactId: number | null; creates: boolean; owners: number[][] }>;
  countryOf: (db: Db, options: { workspaceId: number }) => Promise<string | undefined>;
}

const list = defineRoute({
  method: 'GET',
  url: '/event_mappings',
  right: 'member',
  summary: 'List the parameters by which events find contacts, beyond the well-known names',
  response: pageOf(eventMappingSchema),
  handler: async ({ db, workspace }) => {
    const workspaceId = workspace.id;
    const unindexed = await listUnindexed(db, { workspaceId });
    const rows = await listMappings(db, { workspaceId });
    return { items: rows.map((row) => present(row, unindexed)), next_cursor: null };
  },
});

function present(row: MappingRow, unindexed: Set<string>): z.output<typeof eventMappingSchema> {
  return { ...row, indexing: unindexed.has(row.field) };
}

const create = defineRoute({
  method: 'POST',
  url: '/event_mappings',
  right: 'settings.write',
  summary: 'Let a parameter of events find contacts by a field',
  description:
    'The first rule of a field makes its values identifiers: those that contacts have already are ' +
    'indexed in the background.',
  body: newEventMappingSchema,
  response: eventMappingSchema,
  status: 201,
  example: { body: { parameter: 'email_client', field: 'email' } },
  handler: ({ db, by, workspace, body }) =>
    inTransaction(db, async (tx) => {
      const workspaceId = workspace.id;
      const created = await createMapping(tx, { workspaceId, by, ...body });
      return present(created, await listUnindexed(tx, { workspaceId }));
    }),
});

const remove = defineRoute({
  method: 'DELETE',
  url: '/event_mappings/:id',
  right: 'settings.write',
  summary: 'Take a rule away',
  params: idParams,
  response: nothing,
  handler: async ({ db, by, workspace, params }) => {
    await inTransaction(db, (tx) =>
      deleteMapping(tx, { workspaceId: workspace.id, by, ...params }),
    );
    return undefined;
  },
});

/** Calls about how events of the REST API find their contacts. */
export function mappingRoutes({ previewEvent, countryOf }: MappingRouteParts): ManageRoute[] {
  const preview = defineRoute({
    method: 'POST',
    url: '/event_mappings/preview',
    right: 'contacts.read',
    summary: 'See which contact an event of the REST API would find, and by what',
    description: 'Nothing is recorded.',
    body: mappingTrialSchema,
    response: mappingPreviewSchema,
    example: { body: { params: { externalCustomerId: 'u-1007' } } },
    handler: async ({ db, workspace, rights, now, body: { event = '', params } }) => {
      const workspaceId = workspace.id;
      const { mappings, settingsOf } = await readWorkspaceEvents(db, { workspaceId });
      const country = await countryOf(db, { workspaceId });
      const identified = identifyParams(params, { mappings, country });
      const { active, create_contacts: mayCreate } = settingsOf(event);
      const { ids } = idsAndFields(identified);
      const item: EventItem = {
        kind: 'event',
        ids,
        at: now.getTime(),
        source: 'event',
        event,
        params,
        ownTime: false,
        weakIds: true,
        createContact: active && mayCreate && ids.some(([kind]) => kind !== 'contact'),
      };
      const { contactId, creates, owners } = await previewEvent(db, { workspaceId, item, now });
      const mayRead = mayReadPersonal(rights);
      const leading = identified.found.findIndex((_, n) => owners[n]!.includes(contactId ?? -1));
      return {
        contact: contactId,
        creates,
        found_by: identified.found[leading]?.parameter ?? null,
        identifiers: identified.found.map(({ parameter, field, value }, n) => ({
          parameter,
          field,
          value: mayRead ? value : maskText(value),
          contacts: owners[n]!.length,
        })),
        unusable: identified.unusable,
      };
    },
  });
  return [list, create, preview, remove];
}
