import type { Tx } from '../db/pool.ts';
import type { DeviceFacts } from '../inbox/index.ts';
import { instant } from './instant.ts';
import { joinTokenDevices, tokenDevice } from './token-devices.ts';

export interface DeviceSighting {
  contactId: number;
  workspaceId: number;
  device: DeviceFacts;
  at: number;
  /** The merged contact that it came from. */
  via?: number | undefined;
}

const DEVICE_FACTS = [
  'app',
  'platform',
  'os_type',
  'os_version',
  'category',
  'model',
  'app_version',
  'push_token',
  'push_enabled',
  'locale',
  'time_zone',
];

/** An older sighting fills what is missing and changes nothing: senders repeat their calls. */
function newerOf(column: string): string {
  return `${column} = case when excluded.last_seen_at >= devices.last_seen_at
                       then coalesce(excluded.${column}, devices.${column})
                       else coalesce(devices.${column}, excluded.${column}) end`;
}

/** What several sightings of a device say together, the newest word first. */
function onePerDevice(sightings: DeviceSighting[]): DeviceSighting[] {
  const devices = new Map<string, DeviceSighting>();
  for (const row of sightings.toSorted((a, b) => a.at - b.at)) {
    const key = `${row.contactId} ${row.device.deviceId}`;
    const older = devices.get(key);
    devices.set(key, { ...row, device: { ...older?.device, ...row.device } });
  }
  return [...devices.values()];
}

/** The newest sighting of each device; older ones must come first. What a sighting does not say stays. */
export async function saveDevices(
  tx: Tx,
  { sightings }: { sightings: DeviceSighting[] },
): Promise<void> {
  const joined = await joinTokenDevices(tx, { sightings });
  const rows = onePerDevice(joined);
  if (rows.length === 0) return;
  await tx.query({
    name: 'save_devices',
    text: `insert into devices (contact_id, device_id, workspace_id, app, platform, os_type, os_version, category, model,
                                app_version, push_token, push_enabled, locale, time_zone, created_at, source_contact_id, last_seen_at)
           select *, at from unnest($1::bigint[], $2::text[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[],
                                $8::text[], $9::text[], $10::text[], $11::text[], $12::boolean[], $13::text[], $14::text[],
                                $15::timestamptz[], $16::bigint[])
                  as row (contact_id, device_id, workspace_id, app, platform, os_type, os_version, category, model,
                          app_version, push_token, push_enabled, locale, time_zone, at, via)
               on conflict on constraint devices_pkey do update
              set ${DEVICE_FACTS.map(newerOf).join(',\n                  ')},
                  last_seen_at = greatest(devices.last_seen_at, excluded.last_seen_at)`,
    values: [
      rows.map((r) => r.contactId),
      rows.map((r) => r.device.deviceId),
      rows.map((r) => r.workspaceId),
      rows.map((r) => r.device.app ?? null),
      rows.map((r) => r.device.platform ?? null),
      rows.map((r) => r.device.osType ?? null),
      rows.map((r) => r.device.osVersion ?? null),
      rows.map((r) => r.device.category ?? null),
      rows.map((r) => r.device.model ?? null),
      rows.map((r) => r.device.appVersion ?? null),
      rows.map((r) => r.device.pushToken ?? null),
      rows.map((r) => r.device.pushEnabled ?? null),
      rows.map((r) => r.device.locale ?? null),
      rows.map((r) => r.device.timeZone ?? null),
      rows.map((r) => instant(r.at)),
      rows.map((r) => r.via ?? null),
    ],
  });
}

/** What is known of these devices, by contact and device ID; index devices_pkey. */
export async function readDevices(
  tx: Tx,
  { devices }: { devices: { contactId: number; deviceId: string }[] },
): Promise<Map<string, DeviceFacts>> {
  if (devices.length === 0) return new Map();
  const { rows } = await tx.query<{
    contact_id: number;
    device_id: string;
    os_type: string | null;
    os_version: string | null;
    category: string | null;
    model: string | null;
    app_version: string | null;
  }>({
    name: 'read_devices',
    text: `select d.contact_id, d.device_id, d.os_type, d.os_version, d.category, d.model, d.app_version
             from unnest($1::bigint[], $2::text[]) as sought (contact_id, device_id)
             join devices d on d.contact_id = sought.contact_id and d.device_id = sought.device_id`,
    values: [devices.map((row) => row.contactId), devices.map((row) => row.deviceId)],
  });
  return new Map(
    rows.map((row) => [
      deviceKey(row.contact_id, row.device_id),
      {
        deviceId: row.device_id,
        ...(row.os_type !== null && { osType: row.os_type }),
        ...(row.os_version !== null && { osVersion: row.os_version }),
        ...(row.category !== null && { category: row.category }),
        ...(row.model !== null && { model: row.model }),
        ...(row.app_version !== null && { appVersion: row.app_version }),
      },
    ]),
  );
}

export function deviceKey(contactId: number, deviceId: string): string {
  return `${contactId} ${deviceId}`;
}

/** Devices, and push tokens on other devices, that now belong to somebody else. A token's own device goes with it. */
export async function dropLostDevices(
  tx: Tx,
  { lost }: { lost: { contactId: number; kind: string; value: string }[] },
): Promise<void> {
  const tokens = lost.filter((row) => row.kind === 'push_token');
  const devices = [
    ...lost.filter((row) => row.kind === 'device_id'),
    ...tokens.map((row) => ({ ...row, value: tokenDevice(row.value) })),
  ];
  if (devices.length > 0) {
    await tx.query(
      `delete from devices d using unnest($1::bigint[], $2::text[]) as lost (contact_id, device_id)
        where d.contact_id = lost.contact_id and d.device_id = lost.device_id`,
      [devices.map((row) => row.contactId), devices.map((row) => row.value)],
    );
  }
  if (tokens.length > 0) {
    await tx.query(
      `update devices d set push_token = null, push_enabled = null
         from unnest($1::bigint[], $2::text[]) as lost (contact_id, push_token)
        where d.contact_id = lost.contact_id and d.push_token = lost.push_token`,
      [tokens.map((row) => row.contactId), tokens.map((row) => row.value)],
    );
    await tx.query(
      `delete from addresses a using unnest($1::bigint[], $2::text[]) as lost (contact_id, address)
        where a.contact_id = lost.contact_id and a.channel = 'mobile_push' and a.address = lost.address`,
      [tokens.map((row) => row.contactId), tokens.map((row) => row.value)],
    );
  }
}
