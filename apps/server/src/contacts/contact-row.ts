import type { Json } from '../inbox/index.ts';

/** A contact as it is read for a screen. */
export interface ContactRow {
  id: number;
  external_id: string | null;
  email: string | null;
  phone: string | null;
  /** By field key as the segment language names them. */
  fields: Record<string, Json>;
  source: string;
  created_at: Date;
  updated_at: Date;
  last_seen_at: Date | null;
  deleted_at: Date | null;
  /** Lower-cased, as lists are sorted by it. */
  name_key: string | null;
}

export const CONTACT_COLUMNS =
  'id, external_id, email, phone, fields, source, created_at, updated_at, last_seen_at, deleted_at, name_key';
