import { isKnownZone } from '@perennial/conditions';
import { canonicalZone } from '../normalize-value.ts';

/** Zones with rules of their own that `Intl` knows and does not list. */
const UNLISTED = [
  'UTC',
  ...Array.from({ length: 12 }, (_, n) => `Etc/GMT+${n + 1}`),
  ...Array.from({ length: 14 }, (_, n) => `Etc/GMT-${n + 1}`),
  'Etc/GMT',
  'CET',
  'CST6CDT',
  'EET',
  'EST',
  'EST5EDT',
  'HST',
  'MET',
  'MST',
  'MST7MDT',
  'PST8PDT',
  'WET',
];

let zones: readonly string[] | undefined;

/** All zones that a contact's field may hold, as they are stored. */
export function knownZones(): readonly string[] {
  zones ??= [
    ...new Set(
      [...Intl.supportedValuesOf('timeZone'), ...UNLISTED].flatMap(
        (name) => canonicalZone(name) ?? [],
      ),
    ),
  ].filter(isKnownZone);
  return zones;
}
