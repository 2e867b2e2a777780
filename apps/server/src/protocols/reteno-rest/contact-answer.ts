import { readPlaces, readPushDevices, type ContactRow } from '../../contacts/index.ts';
import type { Db } from '../../db/index.ts';
import type { Json } from '../../inbox/index.ts';
import { summarizeOrders, type OrdersInfo } from '../../orders/index.ts';
import { segmentsOfContacts } from '../../segments/index.ts';
import { answerGroups } from './group-answer.ts';
import { toRest, type RestFields } from './rest-fields.ts';

/** Contacts as the REST API shows them, in the order given. */
export async function answerContacts(
  db: Db,
  { workspaceId, rows, fields }: { workspaceId: number; rows: ContactRow[]; fields: RestFields },
): Promise<object[]> {
  const contactIds = rows.map((row) => row.id);
  const devices = byContact(await readPushDevices(db, { contactIds }));
  const places = byContact(await readPlaces(db, { contactIds }));
  const orders = await summarizeOrders(db, { contactIds });
  const segments = await segmentsOfContacts(db, { workspaceId, contactIds });
  const groups = byContact(segments);
  const groupOf = await answerGroups(db, segments);
  return rows.map((row) =>
    answerContact(row, {
      workspaceId,
      fields,
      devices: devices.get(row.id) ?? [],
      places: places.get(row.id) ?? [],
      orders: orders.get(row.id),
      groups: (groups.get(row.id) ?? []).map(groupOf),
    }),
  );
}

function byContact<Row extends { contact_id: number }>(rows: Row[]): Map<number, Row[]> {
  return Map.groupBy(rows, (row) => row.contact_id);
}

type Place = Awaited<ReturnType<typeof readPlaces>>[number];
type PushDevice = Awaited<ReturnType<typeof readPushDevices>>[number];

function answerContact(
  row: ContactRow,
  {
    workspaceId,
    fields,
    devices,
    places,
    orders,
    groups,
  }: {
    workspaceId: number;
    fields: RestFields;
    devices: PushDevice[];
    places: Place[];
    orders: OrdersInfo | undefined;
    groups: object[];
  },
): object {
  const text = (field: string): string | undefined => textOf(row.fields[field]);
  return withoutAbsent({
    id: row.id,
    externalCustomerId: row.external_id ?? undefined,
    contactKey: text('contact_key'),
    firstName: text('first_name'),
    lastName: text('last_name'),
    channels: [
      ...(row.email === null ? [] : [{ type: 'email', value: row.email }]),
      ...(row.phone === null ? [] : [{ type: 'sms', value: row.phone.replace(/^\+/, '') }]),
      ...devices.map(pushChannel),
      ...places.map(({ kind, value }) => ({ type: PLACES[kind], value })),
    ],
    address: withoutAbsent({
      region: text('address.region'),
      town: text('address.town'),
      address: text('address.street'),
      postcode: text('address.postcode'),
    }),
    fields: customFields(row, fields),
    addressBookId: workspaceId,
    groups,
    languageCode: text('language'),
    timeZone: text('time_zone'),
    ordersInfo: orders,
  });
}

function customFields(row: ContactRow, fields: RestFields): { id: number; value: string }[] {
  return fields.all.flatMap((field) => {
    const value = row.fields[`custom.${field.key}`];
    return value === undefined || value === null
      ? []
      : [{ id: field.id, value: toRest(field, value) }];
  });
}

function pushChannel(device: PushDevice): object {
  return {
    type: 'mobilepush',
    value: device.push_token,
    device: withoutAbsent({
      appId: device.app ?? undefined,
      deviceModel: device.model ?? undefined,
      os: device.os_type ?? undefined,
      locale: device.locale ?? undefined,
      appVersion: device.app_version ?? undefined,
      active: device.push_enabled !== false,
    }),
  };
}

/** What the API calls them. */
const PLACES: Record<Place['kind'], string> = {
  web_push: 'webpush',
  chat_id: 'telegrambot',
  device_id: 'appinbox',
};

function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function withoutAbsent(value: Record<string, unknown>): object {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined));
}
