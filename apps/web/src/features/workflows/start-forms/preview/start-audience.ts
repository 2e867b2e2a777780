import { LANGUAGE, type JsonObject } from '@perennial/conditions';
import { recordOf } from '../../blocks-forms/record-of.ts';
import type { Settings } from '../../blocks-forms/form-props.ts';

/** Contacts that a start is about, as a rule that can be counted, and how their number is said. */
export interface Audience {
  readonly said: 'did' | 'members' | 'due';
  readonly definition: JsonObject;
}

/** How far back and ahead a preview looks. */
const DAYS = 7;

/** Whom a start is about; undefined where that cannot be counted at once, or is not said yet. */
export function audienceOf(start: Settings): Audience | undefined {
  switch (start['type']) {
    case 'event':
      return eventAudience(start);
    case 'segment':
      return isNamed(start['segment'])
        ? { said: 'members', definition: ruleOf({ type: 'segment', segment: start['segment'] }) }
        : undefined;
    case 'date':
      return dateAudience(start);
    default:
      return undefined;
  }
}

function eventAudience({ event, where, segment }: Settings): Audience | undefined {
  if (!isNamed(event)) return undefined;
  const did = {
    type: 'event',
    event,
    ...(where !== undefined && { where }),
    period: { kind: 'last', n: DAYS, unit: 'day' },
  } as JsonObject;
  const member = isNamed(segment) ? [{ type: 'segment', segment }] : [];
  return { said: 'did', definition: ruleOf(did, ...member) };
}

/** Whose date lies so that it is their turn in the next days: moved by the offset, the other way round. */
function dateAudience({ field, anniversary, offset, zone }: Settings): Audience | undefined {
  const by = daysOf(offset);
  if (!isNamed(field) || anniversary !== true || by === undefined) return undefined;
  const value = { from: -by, to: DAYS - 1 - by };
  const whose = typeof zone === 'string' ? zone : 'workspace';
  return {
    said: 'due',
    definition: ruleOf({ type: 'field', field, op: 'anniversary', value, zone: whose }),
  };
}

/** The length of an offset in days; undefined for months, whose lengths differ. */
function daysOf(offset: unknown): number | undefined {
  if (offset === undefined) return 0;
  const { n, unit } = recordOf(offset);
  if (typeof n !== 'number') return undefined;
  if (unit === 'week') return n * 7;
  return unit === 'day' ? n : undefined;
}

function ruleOf(...conditions: JsonObject[]): JsonObject {
  const [only] = conditions;
  return {
    language: LANGUAGE,
    include: only && conditions.length === 1 ? only : { all: conditions },
  };
}

function isNamed(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
