import type { erasureSchema } from '@perennial/contracts';
import type { z } from 'zod';
import type { ErasureRow } from './queries.ts';

const KEPT = [
  'Numbers that were counted before (of events, sends, runs) stay; they name nobody.',
  'That an address said no, or is dead, stays as a keyed hash, so that it is not written to again.',
  'The audit keeps that something was done, when and by whom, without what it said of the person.',
  'Backups made before hold the person until they are deleted. Keep what "perennial erasures" prints beside them, and restore with --erasures.',
];

/** The certificate. */
export function presentErasure({
  contact_ids: contacts,
  ...erasure
}: ErasureRow): z.output<typeof erasureSchema> {
  return { ...erasure, contacts, kept: KEPT };
}
