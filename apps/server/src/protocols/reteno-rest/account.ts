import { listSenders } from '../../messages/index.ts';
import { addressBookOf, readRestFields } from './rest-fields.ts';
import { defineEndpoint, type Endpoint } from './endpoint.ts';

/** Of the REST API that is spoken here. */
const PROTOCOL_VERSION = '1.0';

const info = defineEndpoint({
  method: 'GET',
  url: '/v1/account/info',
  summary: 'Whose key this is',
  rights: [],
  handler: ({ key }) => ({
    userEmail: `api-user${key.id}`,
    organisationName: key.workspace.name,
  }),
});

const version = defineEndpoint({
  method: 'GET',
  url: '/v1/version',
  summary: 'Version of the program and of the protocol',
  rights: [],
  handler: ({ parts }) => ({ version: parts.version, protocolVersion: PROTOCOL_VERSION }),
});

const addressBooks = defineEndpoint({
  method: 'GET',
  url: '/v1/addressbooks',
  summary: 'The custom fields, by group',
  rights: ['contacts.read'],
  oldAnswer: true,
  handler: async ({ db, workspaceId, key }) => {
    const { all } = await readRestFields(db, { workspaceId });
    return { addressBook: addressBookOf(key.workspace, all) };
  },
});

const interfaces = (['email', 'sms'] as const).map((channel) =>
  defineEndpoint({
    method: 'GET',
    url: `/v1/interfaces/${channel}`,
    summary: `Whom messages are from: ${channel}`,
    rights: [],
    handler: async ({ db, workspaceId }) => {
      const senders = await listSenders(db, { workspaceId, channel });
      return senders.map((value) => ({ type: channel, value }));
    },
  }),
);

export const accountEndpoints: Endpoint[] = [info, version, addressBooks, ...interfaces];
