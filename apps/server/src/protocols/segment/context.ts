import { canonicalLanguage, canonicalZone, isUsableIdentifier } from '../../contacts/index.ts';
import type { DeviceFacts, Identifier, Json, JsonObject } from '../../inbox/index.ts';
import { readUserAgent } from '../user-agent.ts';

/** Parts of the context that say nothing about the contact and would be stored with every event. */
const NOT_KEPT = new Set(['traits', 'library', 'userToken']);

export function keptContext(context: JsonObject): JsonObject | undefined {
  const kept = Object.entries(context).filter(
    // Members with a dollar are the program's own.
    ([name]) => !NOT_KEPT.has(name) && !name.startsWith('$'),
  );
  return kept.length > 0 ? Object.fromEntries(kept) : undefined;
}

/** The device behind an item, if the context names one. */
export function deviceOf(context: JsonObject): { device?: DeviceFacts; ids: Identifier[] } {
  const device = objectAt(context, 'device');
  const id = textAt(device, 'id');
  if (id === undefined || !isUsableIdentifier(id)) return { ids: [] };
  const token = textAt(device, 'token');
  const facts: DeviceFacts = {
    deviceId: id,
    ...deviceFactsOf(context, undefined),
    ...some('app', appOf(context)),
    ...some('platform', textAt(device, 'type')),
    ...some('locale', textAt(context, 'locale')),
    ...some('timeZone', textAt(context, 'timezone')),
    ...some('pushToken', token),
  };
  const ids: Identifier[] = [['device_id', id]];
  if (token !== undefined && isUsableIdentifier(token)) ids.push(['push_token', token]);
  return { device: facts, ids };
}

function appOf(context: JsonObject): string | undefined {
  const app = objectAt(context, 'app');
  return textAt(app, 'namespace') ?? textAt(app, 'name');
}

export type DeviceDescription = Pick<
  DeviceFacts,
  'category' | 'osType' | 'osVersion' | 'model' | 'appVersion'
>;

/** What the context says of the device, be it named or not; of a browser its user agent tells. */
export function deviceFactsOf(
  context: JsonObject,
  userAgent: string | undefined,
): DeviceDescription {
  const device = objectAt(context, 'device');
  const os = objectAt(context, 'os');
  const osType = textAt(os, 'name');
  const facts = {
    ...some('osType', osType === undefined ? undefined : canonicalOs(osType)),
    ...some('osVersion', textAt(os, 'version')),
    ...some('model', textAt(device, 'model')),
    ...some('appVersion', textAt(objectAt(context, 'app'), 'version')),
  };
  if (osType === undefined) {
    return { ...readUserAgent(textAt(context, 'userAgent') ?? userAgent), ...facts };
  }
  return { ...facts, ...some('category', categoryOf(device, facts.osType)) };
}

/** Segment's clients spell it in several ways. */
const OS_NAMES: Record<string, string> = {
  ios: 'iOS',
  'iphone os': 'iOS',
  ipados: 'iOS',
  android: 'Android',
  'mac os x': 'macOS',
  macos: 'macOS',
  windows: 'Windows',
  linux: 'Linux',
};

function canonicalOs(name: string): string {
  const key = name.toLowerCase();
  return Object.hasOwn(OS_NAMES, key) ? OS_NAMES[key]! : name;
}

const DESKTOPS = new Set(['macOS', 'Windows', 'Linux']);

function categoryOf(
  device: JsonObject | undefined,
  osType: string | undefined,
): string | undefined {
  const told = `${textAt(device, 'type') ?? ''} ${textAt(device, 'model') ?? ''}`.toLowerCase();
  if (/tablet|ipad/.test(told)) return 'Tablet';
  if (osType === 'iOS' || osType === 'Android') return 'Mobile';
  return DESKTOPS.has(osType ?? '') ? 'Desktop' : undefined;
}

/** Time zone and language of the device: they fill the fields until somebody sets them on purpose. */
export function surroundings(context: JsonObject): JsonObject {
  const zone = textAt(context, 'timezone');
  const locale = textAt(context, 'locale');
  const known = zone === undefined ? undefined : canonicalZone(zone);
  const language = locale === undefined ? undefined : canonicalLanguage(locale);
  return {
    ...(known !== undefined && { time_zone: known }),
    ...(language !== undefined && { language }),
  };
}

export function objectAt(value: JsonObject | undefined, name: string): JsonObject | undefined {
  const member: Json | undefined = value?.[name];
  return typeof member === 'object' && member !== null && !Array.isArray(member)
    ? member
    : undefined;
}

export function textAt(value: JsonObject | undefined, name: string): string | undefined {
  const member = value?.[name];
  return typeof member === 'string' && member !== '' ? member : undefined;
}

function some<Name extends string>(
  name: Name,
  value: string | undefined,
): { [key in Name]?: string } {
  return (value === undefined ? {} : { [name]: value }) as { [key in Name]?: string };
}
