import { z } from 'zod';
import { whyReserved } from '../../events/index.ts';
import { listOf, restId, restText } from './schemas.ts';

/** Contacts that one call takes. */
const MOST_CONTACTS = 3000;

export const DEDUPE_ON = [
  'email',
  'sms',
  'push',
  'webpush',
  'email_or_sms',
  'id',
  'externalCustomerId',
  'fieldId',
] as const;
export type DedupeOn = (typeof DEDUPE_ON)[number];

export const CONTACT_FIELDS = [
  'firstName',
  'lastName',
  'contactKey',
  'ordersInfo',
  'languageCode',
  'timeZone',
  'email',
  'sms',
  'mobilepush',
  'webpush',
  'address',
  'town',
  'region',
  'postcode',
  'externalCustomerId',
] as const;
export type ContactField = (typeof CONTACT_FIELDS)[number];

const oneOf = <Names extends readonly [string, ...string[]]>(names: Names) =>
  z.enum(names, { error: `expected one of ${names.join(', ')}` });

/** Contacts are checked one by one: a wrong one keeps no other away. */
export const bulkBody = z.object({
  contacts: listOf(z.unknown(), { most: MOST_CONTACTS }),
  dedupeOn: oneOf(DEDUPE_ON),
  fieldId: restId.nullish(),
  contactFields: listOf(oneOf(CONTACT_FIELDS)).nullish(),
  customFieldsIDs: listOf(restId).nullish(),
  groupNames: listOf(restText(200), { most: 100 }).nullish(),
  groupNamesExclude: listOf(restText(200), { most: 100 }).nullish(),
  restoreDeleted: z.boolean({ error: 'expected true or false' }).nullish(),
  eventKeyForNewContacts: z
    .string()
    .regex(/^[^<;'\\/|"`^?!,>]{1,100}$/, { error: 'is no key of an event type' })
    .refine((key) => whyReserved(key) === undefined, {
      error: 'is the key of an event that Perennial itself records',
    })
    .nullish(),
});
export type BulkBody = z.output<typeof bulkBody>;
