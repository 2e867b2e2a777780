import type { IdentifierRefusal, Merge } from '@perennial/contracts';
import { catalogue, type TextId } from '../../app/catalogue.ts';
import type { Say } from '../../app/text.tsx';

/** What a kind of identifier is called. */
export function kindWord(t: Say, kind: string): string {
  const name = kind.replace(/^field\./, '');
  const id = `contacts.identifier.${name}`;
  return Object.hasOwn(catalogue, id) ? t(id as TextId) : name.replace(/^custom\./, '');
}

/** Why two contacts became one. */
export function whyWords(t: Say, { reason, by, identifier }: Merge): string {
  if (by !== null) return t('merges.why.by_hand', { by });
  if (!identifier) return t('merges.why.item', { reason });
  const { kind, value } = identifier;
  return t('merges.why.identifier', { kind: kindWord(t, kind), value });
}

export function refusalWords(
  t: Say,
  { kind, reason, last_value: value }: IdentifierRefusal,
): string {
  if (kind === 'merge') {
    if (reason === 'too_many') return t('merges.refusal.too_many_values', { value });
    return t(`merges.refusal.${reason}`, { value, kind });
  }
  return t(`merges.refusal.${reason}`, { value, kind: kindWord(t, kind) });
}
