export { eraseCards, readKnownBy } from './erase-cards.ts';
export { contactTables } from './contact-tables.ts';
export { createField } from './change-fields.ts';
export { whyNoName } from './check-name.ts';
export type { ContactRow } from './contact-row.ts';
export * from './contact-state.ts';
export { contactsByField, contactsByIds, contactsByValues } from './contacts-by-values.ts';
export type { ContactValues } from './contacts-by-values.ts';
export * from './field-catalogue.ts';
export * from './field-identifier.ts';
export {
  fieldIndexing,
  indexField,
  listUnindexed,
  readIndexedFields,
  readIndexedRules,
} from './indexed-fields.ts';
export * from './merge-contacts.ts';
export * from './normalize-identifier.ts';
export { blockedIdentifier } from './blocked-items.ts';
export * from './normalize-value.ts';
export { parseInstant } from './parse-instant.ts';
export * from './part-contacts.ts';
export * from './address-store.ts';
export * from './conflict-store.ts';
export * from './earlier-values.ts';
export { convertStored, convertValue } from './convert-value.ts';
export * from './contact-counts.ts';
export * from './contact-store.ts';
export { readDeviceFacts } from './device-facts.ts';
export { readPlatforms } from './device-platforms.ts';
export * from './device-store.ts';
export { refuseMisfits } from './refuse-misfits.ts';
export type { Misfit } from './refuse-misfits.ts';
export { saveRefusals } from './save-refusals.ts';
export type { IdentifierRefusal } from './save-refusals.ts';
export * from './set-fields.ts';
export * from './system-fields.ts';
export { listCustomFields } from './field-queries.ts';
export type { FieldRow } from './field-queries.ts';
export {
  contactNow,
  findContact,
  findOwner,
  readPhoneCountry,
  readPlaces,
  readPushDevices,
} from './find-contact.ts';
export { refusePersonal } from './filter/check-filter.ts';
export { fieldTypesOf } from './filter/condition-fields.ts';
export { contactSources, withoutKept } from './filter/contact-sources.ts';
export type { ContactQuestions, WithKept } from './filter/contact-sources.ts';
export { knownZones } from './filter/known-zones.ts';
export { zonesInUse } from './filter/zones-in-use.ts';
export { newStatement } from './filter/statement.ts';
export type { Put } from './filter/statement.ts';
export type { Asking, KeptTypes } from './filter/statement.ts';
export { findChannels, listAddresses } from './find-channels.ts';
export { findByToken } from './find-by-token.ts';
export type { TokenOwner } from './find-by-token.ts';
export { findContactsMeant } from './find-contacts-meant.ts';
export type { ContactRef } from './find-contacts-meant.ts';
export { tokenDevice } from './token-devices.ts';
export { searchContacts } from './search-contacts.ts';
export { LONGEST_SEARCH, parseSearch, withoutPersonal } from './parse-search.ts';
export { MASKED, maskPersonal } from './present-contact.ts';
export { readContacts } from './read-contacts.ts';
export { showContacts } from './show-contacts.ts';
export type { AddressRow, AddressSuppression, FindSuppressions } from './find-channels.ts';
export { deleteMatching, presentBulk } from './bulk/delete-matching.ts';
export { contactWork, REMEMBERING } from './long-work.ts';
export { csvRow } from './export/csv.ts';
export { contactRoutes } from './routes.ts';
export type { ContactRouteParts } from './routes.ts';
export { submitItem } from './submit-item.ts';
export type { Submission } from './submit-item.ts';
