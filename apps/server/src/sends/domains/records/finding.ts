/** What is wrong with a record, in a word; `detail` is what of it. */
export interface RecordFault {
  code: FaultCode;
  detail?: string;
}

/** Ordered as in the documentation. Those of `notes` do not keep a record from being right. */
export const FAULTS = [
  'several_records',
  'not_readable',
  'syntax',
  'passes_everybody',
  'nobody_passes',
  'too_many_lookups',
  'too_many_void_lookups',
  'include_without_spf',
  'sender_not_named',
  'other_key',
  'revoked',
  'other_kind',
  'sha256_not_allowed',
  'not_for_mail',
  'no_policy',
  'bad_policy',
  'no_mail_accepted',
  'other_server',
  'address_not_found',
] as const;
export const NOTES = [
  'neutral_end',
  'no_end',
  'obsolete_ptr',
  'not_aligned',
  'testing',
  'no_reports',
  'watches_only',
  'part_only',
  'strict_dkim',
  'inherited',
] as const;
export type FaultCode = (typeof FAULTS)[number];
export type NoteCode = (typeof NOTES)[number];

/**
 * What was found at one name. `trouble` says nothing about the record: DNS itself did not answer.
 */
export type RecordFinding =
  | { state: 'trouble'; trouble: string }
  | {
      state: 'right' | 'missing' | 'differs';
      /** As it stands in DNS. */
      found: string[];
      faults: RecordFault[];
      notes: { code: NoteCode; detail?: string }[];
      /** DNS look-ups that SPF needs; 10 are allowed. */
      lookups?: number;
    };

export function trouble(problem: string): RecordFinding {
  return { state: 'trouble', trouble: problem };
}

export function missing(): RecordFinding {
  return { state: 'missing', found: [], faults: [], notes: [] };
}

/** Texts of DNS are anybody's: control characters and great lengths stay outside. */
export function shown(text: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what is removed
  return text.replace(/[\u0000-\u001f\u007f-\u009f\ufffd]+/g, '?').slice(0, 600);
}

/** At most so many of several. */
export function shownAll(texts: readonly string[]): string[] {
  return texts.slice(0, 5).map(shown);
}
