import { canonicalLanguage, canonicalZone, isUsableIdentifier } from '../../contacts/index.ts';
import type { DeviceFacts, Identifier, Json, JsonObject } from '../../inbox/index.ts';

/** Parts of the context that say nothing about the contact and would be stored with every event. */
const NOT_KEPT = new Set(['traits', 'library']);

export function keptContext(context: JsonObject): JsonObject | undefined {
  const kept = Object.entries(context).filter(([name]) => !NOT_KEPT.has(name));
  return kept.length > 0 ? Object.fromEntries(kept) : undefined;
}

/** The device behind an item, if the context names one. */
export function deviceOf(context: JsonObject): { device?: DeviceFacts; ids: Identifier[] } {
  const device = objectAt(context, 'device');
  const id = textAt(device, 'id');
  if (id === undefined || !isUsableIdentifier(id)) return { ids: [] };
  const os = objectAt(context, 'os');
  const app = objectAt(context, 'app');
  const token = textAt(device, 'token');
  const facts: DeviceFacts = {
    deviceId: id,
    ...some('app', textAt(app, 'namespace') ?? textAt(app, 'name')),
    ...some('appVersion', textAt(app, 'version')),
    ...some('platform', textAt(device, 'type')),
    ...some('model', textAt(device, 'model')),
    ...some('osType', textAt(os, 'name')),
    ...some('osVersion', textAt(os, 'version')),
    ...some('locale', textAt(context, 'locale')),
    ...some('timeZone', textAt(context, 'timezone')),
    ...some('pushToken', token),
  };
  const ids: Identifier[] = [['device_id', id]];
  if (token !== undefined && isUsableIdentifier(token)) ids.push(['push_token', token]);
  return { device: facts, ids };
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
