import type { DeviceFact } from '@perennial/conditions';
import type { Db } from '../db/index.ts';
import { PLATFORM } from './device-platforms.ts';

/** The devices of contacts as conditions ask about them; index devices_pkey. */
export async function readDeviceFacts(
  db: Db,
  { contactIds }: { contactIds: number[] },
): Promise<Map<number, DeviceFact[]>> {
  if (contactIds.length === 0) return new Map();
  const { rows } = await db.query<{ contact_id: number; device: DeviceFact }>({
    name: 'read_device_facts',
    text: `select d.contact_id,
                  jsonb_build_object('platform', ${PLATFORM}, 'os_version', d.os_version, 'app', d.app,
                                     'app_version', d.app_version, 'model', d.model,
                                     'push_enabled', d.push_enabled,
                                     'last_seen_at', (extract(epoch from d.last_seen_at) * 1000)::bigint) as device
             from devices d
            where d.contact_id = any($1)`,
    values: [contactIds],
  });
  const devices = new Map<number, DeviceFact[]>();
  for (const { contact_id: contactId, device } of rows) {
    const own = devices.get(contactId);
    if (own) own.push(device);
    else devices.set(contactId, [device]);
  }
  return devices;
}
