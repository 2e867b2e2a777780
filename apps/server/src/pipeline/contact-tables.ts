import type { ContactTable } from '../contact-rows/index.ts';
import { contactTables as ofCalls } from '../calls/index.ts';
import { contactTables as ofCategories } from '../categories/index.ts';
import { contactTables as ofChoices } from '../choices/index.ts';
import { contactTables as ofContacts } from '../contacts/index.ts';
import { contactTables as ofEvents } from '../events/index.ts';
import { contactTables as ofImports } from '../imports/index.ts';
import { contactTables as ofOrders } from '../orders/index.ts';
import { contactTables as ofPromoCodes } from '../promo-codes/index.ts';
import { contactTables as ofRuns } from '../runs/index.ts';
import { contactTables as ofSegments } from '../segments/index.ts';
import { contactTables as ofWebhooks } from '../webhooks/index.ts';
import { contactTables as ofSends } from '../sends/index.ts';

/**
 * Every table whose rows belong to contacts, parents before what follows them. `contacts` itself is
 * not among them: cards are joined and parted field by field.
 */
export const contactTables: readonly ContactTable[] = [
  ...ofContacts,
  ...ofCategories,
  ...ofOrders,
  ...ofSegments,
  ...ofRuns,
  ...ofCalls,
  ...ofPromoCodes,
  ...ofSends,
  ...ofEvents,
  ...ofChoices,
  ...ofImports,
  ...ofWebhooks,
];

/** Tables with a column `contact_id` that are not contact-scoped, and why. */
export const notContactScoped: Record<string, string> = {
  order_owners: 'how orders are found: written once by the resolver, and read through identifiers',
  identifiers: 'how contacts are found: the resolver alone moves them',
  field_values: 'an index of what cards say: written, moved and erased with the card',
  kept_times: 'first and last times of events: written, read anew and erased with them',
  kept_sums: 'what conditions ask of events: written and erased with them, dropped at a merge',
  kept_sum_parts: 'parts of kept_sums, which go with them',
  suppressions: 'keyed by address, whoever has it; contact_id tells only where it was heard of',
  job_errors: 'what went wrong in long work; its own room forgets what names a person',
  segment_launches: 'a campaign on its way for an instant; it goes when its contact is erased',
  waiting_starts: 'an event on its way for an instant; it goes when its contact is erased',
  alarms: 'a setting: for whom its events are recorded, which the resolver finds like any other',
  dead_events: 'items that were never applied; contact_id is whom they were meant for',
};
