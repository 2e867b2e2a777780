import type { JsonObject } from '../inbox/item.ts';

/** When and by what a value was set; the third member marks a value that only came along with an event. */
export type SetAt = [at: number, source: string] | [at: number, source: string, weak: 1];

/** A contact's row as the pipeline holds it during a batch; times are epoch milliseconds. */
export interface ContactState {
  id: number;
  workspaceId: number;
  externalId: string | null;
  email: string | null;
  phone: string | null;
  fields: JsonObject;
  setAt: Record<string, SetAt>;
  source: string;
  createdAt: number;
  updatedAt: number;
  lastSeenAt: number | null;
  deletedAt: number | null;
  mergedInto: number | null;
}

/** One value that changed; null is no value. */
export interface FieldChange {
  contactId: number;
  field: string;
  from: unknown;
  to: unknown;
  source: string;
}
