import type { DeviceFacts, JsonObject } from '../inbox/index.ts';

/** Parameters that every event of an SDK carries, and the facts about its device that fill them. */
const DEVICE_PARAMS = {
  deviceCategory: 'category',
  osType: 'osType',
  osVersion: 'osVersion',
  deviceModel: 'model',
  appVersion: 'appVersion',
} as const satisfies Record<string, keyof DeviceFacts>;

/** The parameters with what is known of the device; what the app sent itself stays. */
export function addDeviceParams(
  params: JsonObject,
  facts: Omit<DeviceFacts, 'deviceId'>,
): JsonObject {
  const added: JsonObject = {};
  for (const [name, fact] of Object.entries(DEVICE_PARAMS)) {
    const value = facts[fact];
    if (value !== undefined && !Object.hasOwn(params, name)) added[name] = value;
  }
  return Object.keys(added).length > 0 ? { ...params, ...added } : params;
}

/** Whether an event does not say what kind of device it came from. */
export function lacksDevice(params: JsonObject): boolean {
  return !Object.hasOwn(params, 'osType') && !Object.hasOwn(params, 'deviceCategory');
}
