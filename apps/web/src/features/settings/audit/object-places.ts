/** What is read to name an object, and where it is shown. */
interface ObjectPlace {
  /** A list that holds objects of the kind; those of the others are read one by one. */
  list?: string;
  /** One object by its ID. */
  one?: (id: string) => string;
  /** Below the workspace; `found` is the object as read, undefined when it is gone. */
  page: (id: string, found: NamedObject | undefined) => string | undefined;
}

/** Objects of all kinds, as far as they are named. */
export interface NamedObject {
  id: string;
  key?: string;
  name?: string | null;
  label?: string;
  email?: string;
}

const whole = (page: string) => () => page;
const eventType: ObjectPlace = {
  list: '/event_types',
  page: (_id, found) => found?.key && `event-types/${encodeURIComponent(found.key)}`,
};
const field: ObjectPlace = {
  list: '/fields?archived=true',
  page: (_id, found) =>
    found?.key ? `settings/fields?open=${encodeURIComponent(found.key)}` : 'settings/fields',
};

/** A kind that is left out has no page of its own. */
export const objectPlaces: Readonly<Record<string, ObjectPlace>> = {
  workflow: { one: (id) => `/workflows/${id}`, page: (id) => `workflows/${id}` },
  message: { one: (id) => `/messages/${id}`, page: (id) => `messages/${id}` },
  segment: { one: (id) => `/segments/${id}`, page: (id) => `segments/${id}` },
  field,
  field_index: field,
  field_group: { page: whole('settings/fields') },
  event_type: eventType,
  event_mapping: { page: whole('settings/event-mapping') },
  dead_event: { page: whole('settings/system') },
  category: { list: '/categories?archived=true', page: whole('settings/consent') },
  suppression: { page: whole('settings/consent?tab=suppressions') },
  sender_domain: { page: (id) => `settings/domains/${id}` },
  sender: { page: whole('settings/domains') },
  fetch_secret: { list: '/fetch_secrets', page: whole('settings/channels') },
  mailbox: { page: whole('settings/channels') },
  provider: { list: '/providers', page: whole('settings/channels') },
  webhook: { one: (id) => `/webhooks/${id}`, page: (id) => `settings/webhooks/${id}` },
  promo_pool: {
    one: (id) => `/promo_pools/${id}`,
    page: (id) => `settings/promo-codes/${id}`,
  },
  app: { list: '/apps', page: whole('settings/apps') },
  key: { list: '/keys', page: whole('settings/keys?revoked=1') },
  user: { list: '/users', page: whole('settings/users') },
  workspace: { page: whole('settings/workspace') },
};
