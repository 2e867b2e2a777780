import type { Tx } from '../db/pool.ts';
import type { DeviceFacts } from '../inbox/index.ts';

interface Sighting {
  contactId: number;
  device: DeviceFacts;
}

/** A push token that came without its device has one of its own, until a device brings it. */
const PREFIX = 'token:';

export function tokenDevice(token: string): string {
  return `${PREFIX}${token}`;
}

/**
 * Of a token there is one device: a sighting of the token alone becomes one of the device that has
 * it, and a device that brings a token takes the place of the token's own.
 * Index: devices_pkey.
 */
export async function joinTokenDevices<Seen extends Sighting>(
  tx: Tx,
  { sightings }: { sightings: Seen[] },
): Promise<Seen[]> {
  const bringing = sightings.filter(({ device }) => device.pushToken !== undefined);
  if (bringing.length === 0) return sightings;
  const [alone, named] = [bringing.filter(isAlone), bringing.filter((row) => !isAlone(row))];
  await dropOwn(tx, named);
  if (alone.length === 0) return sightings;
  const devices = await findNamed(tx, alone);
  for (const row of named) devices.set(keyOf(row), row.device.deviceId);
  return sightings.map((row) => {
    const deviceId = isAlone(row) ? devices.get(keyOf(row)) : undefined;
    return deviceId === undefined ? row : { ...row, device: { ...row.device, deviceId } };
  });
}

function isAlone({ device: { deviceId, pushToken } }: Sighting): boolean {
  return pushToken !== undefined && deviceId === tokenDevice(pushToken);
}

function keyOf({ contactId, device }: Sighting): string {
  return `${contactId} ${device.pushToken}`;
}

async function findNamed(tx: Tx, rows: Sighting[]): Promise<Map<string, string>> {
  const found = await tx.query<{ contact_id: number; device_id: string; push_token: string }>(
    `select contact_id, device_id, push_token from devices
      where contact_id = any($1) and push_token = any($2) and not starts_with(device_id, $3)`,
    [
      [...new Set(rows.map((row) => row.contactId))],
      [...new Set(rows.map((row) => row.device.pushToken))],
      PREFIX,
    ],
  );
  return new Map(found.rows.map((row) => [`${row.contact_id} ${row.push_token}`, row.device_id]));
}

async function dropOwn(tx: Tx, rows: Sighting[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(
    `delete from devices
      where contact_id = any($1) and device_id = any($2)`,
    [
      [...new Set(rows.map((row) => row.contactId))],
      [...new Set(rows.map(({ device }) => tokenDevice(device.pushToken!)))],
    ],
  );
}
