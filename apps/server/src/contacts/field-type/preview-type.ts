import type { fieldTypePreviewSchema } from '@perennial/contracts';
import type { z } from 'zod';
import type { Pool } from '../../db/index.ts';
import type { Json } from '../../inbox/index.ts';
import { convertStored } from '../convert-value.ts';
import type { FieldRow } from '../field-queries.ts';
import { sameValue } from '../set-fields.ts';
import { CUSTOM_PREFIX } from '../system-fields.ts';
import { readStoredValues, type StoredValue } from './read-values.ts';
import { findUses, type NewType, type TypeParts } from './why-not.ts';

type Preview = z.output<typeof fieldTypePreviewSchema>;
type Example = Preview['examples'][number];

/** Examples of each kind. */
const MOST_EXAMPLES = 5;

/** What a new type would make of what is stored, and what it would break. Changes nothing. */
export async function previewType(
  db: Pool,
  parts: TypeParts,
  { workspaceId, field, to }: { workspaceId: number; field: FieldRow; to: NewType },
): Promise<Preview> {
  const key = CUSTOM_PREFIX + field.key;
  const { values, exact } = await readStoredValues(db, { workspaceId, field: key });
  const outcomes = values.map((stored) => outcomeOf(stored, to));
  const uses = await findUses(db, parts, { workspaceId, field, to });
  const of = (wanted: Outcome['what']): Outcome[] => outcomes.filter(({ what }) => what === wanted);
  const [converted, cannot] = [of('converted'), of('cannot')];
  return {
    from: field.type,
    to: to.type,
    contacts: sumOf(outcomes),
    exact,
    unchanged: sumOf(of('unchanged')),
    converted: sumOf(converted),
    cannot: sumOf(cannot),
    examples: [...cannot.slice(0, MOST_EXAMPLES), ...tellingOf(converted)].map(
      ({ what: _what, ...example }) => example,
    ),
    uses,
    allowed: uses.every(({ blocks }) => !blocks),
  };
}

/** First those of which something is lost or read into: "42.5" that becomes 43, not "42" and 42. */
function tellingOf(converted: Outcome[]): Outcome[] {
  const isPlain = ({ value, becomes }: Outcome): number =>
    Number(textOf(value) === textOf(becomes));
  return converted.toSorted((a, b) => isPlain(a) - isPlain(b)).slice(0, MOST_EXAMPLES);
}

function textOf(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

type Outcome = Example & { what: 'unchanged' | 'converted' | 'cannot' };

function outcomeOf({ value, contacts }: StoredValue, to: NewType): Outcome {
  const converted = convertStored(to, value);
  if (!converted.ok) {
    return { what: 'cannot', value, becomes: null, reason: converted.reason, contacts };
  }
  const what = sameValue(value, converted.value) ? 'unchanged' : 'converted';
  return { what, value, becomes: converted.value, reason: null, contacts };
}

function sumOf(outcomes: Outcome[]): number {
  return outcomes.reduce((sum, { contacts }) => sum + contacts, 0);
}
