import type { DomainRecord, SenderDomain } from '@perennial/contracts';
import type { Tone } from '@perennial/ui';
import type { TextId } from '../../app/catalogue.ts';
import { catalogue } from '../../app/catalogue.ts';
import type { Say } from '../../app/text.tsx';

export type Mark = 'right' | 'missing' | 'differs' | 'unknown' | 'trouble';

/** How a record stands, at a glance. Silence of DNS shows only where nothing is known from before. */
export function markOf({ state, trouble }: Pick<DomainRecord, 'state' | 'trouble'>): Mark {
  return state === 'unknown' && trouble !== null ? 'trouble' : state;
}

export const markTones: Record<Mark, Tone> = {
  right: 'success',
  missing: 'danger',
  differs: 'danger',
  unknown: 'neutral',
  trouble: 'warning',
};

/** SPF, DKIM 1, DKIM 2, DMARC, MX: the keys are told apart by their number. */
export function recordTitle(
  record: Pick<DomainRecord, 'id' | 'kind'>,
  records: readonly Pick<DomainRecord, 'id' | 'kind'>[],
): TextId {
  if (record.kind !== 'dkim') return `domains.record.${record.kind}`;
  const keys = records.filter(({ kind }) => kind === 'dkim');
  return keys.findIndex(({ id }) => id === record.id) === 0
    ? 'domains.record.dkim1'
    : 'domains.record.dkim2';
}

/** What a record of the history is called: keys by their selector. */
export function recordName(id: string, t: Say): string {
  const [kind = '', selector] = id.split(':');
  const text = `domains.record.${kind}`;
  const name = Object.hasOwn(catalogue, text) ? t(text as TextId) : kind;
  return selector === undefined ? name : `${name} ${selector}`;
}

export function neededRecords({ records }: Pick<SenderDomain, 'records'>): DomainRecord[] {
  return records.filter(({ needed }) => needed);
}

/** What is wrong with a record and how to mend it; a fault that is newer than this page shows as it is. */
export function faultWords(fault: { code: string; detail?: string | undefined }, t: Say): string {
  const { code, detail } = fault;
  const id = `domains.fault.${code}`;
  if (code === 'several_records' && detail === undefined) {
    return t('domains.fault.several_records.bare');
  }
  return Object.hasOwn(catalogue, id) ? t(id as TextId, { detail: detail ?? '' }) : code;
}

export function noteWords(note: { code: string; detail?: string | undefined }, t: Say): string {
  const id = `domains.note.${note.code}`;
  return Object.hasOwn(catalogue, id) ? t(id as TextId, { detail: note.detail ?? '' }) : note.code;
}
