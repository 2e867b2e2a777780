import { z } from 'zod';
import type { Json } from '../json.ts';
import { momentSchema, momentTextSchema } from '../periods/parts.ts';
import type { Clock } from '../time/clock.ts';
import { isWithinSql } from '../sql/moments.ts';
import { numberOf } from '../sql/scalars.ts';
import { putVersion, versionPartsSql } from '../sql/versions.ts';
import { perZone } from '../time/per-zone.ts';
import { type Range, isWithin } from '../time/range.ts';
import { resolveZone } from '../time/zones.ts';
import { type Moment, compareMoments, momentInstant, readMoment } from '../values/moment.ts';
import { type Decimal, compareDecimals, decimalText, readNumber } from '../values/number.ts';
import { numberSchema } from '../values/scalar.ts';
import { type Version, compareVersions, readVersion, versionSchema } from '../values/version.ts';
import type { SubjectType } from '../values/value-types.ts';
import type { PositiveOperator, Settings } from './operator.ts';

/** Both ends of one type: numbers and versions include both, dates exclude the second. */
type Ends =
  | { readonly type: 'number'; readonly low: Decimal; readonly high: Decimal }
  | { readonly type: 'version'; readonly low: Version; readonly high: Version }
  | { readonly type: 'moment'; readonly from: Moment; readonly to: Moment };

const numbersSchema = z
  .tuple([numberSchema, numberSchema], { error: 'expected [low, high]' })
  .refine(([low, high]) => low <= high, { error: 'expected low to be at most high' });

const versionsSchema = z
  .tuple([versionSchema, versionSchema], { error: 'expected [low, high]' })
  .refine((ends) => readVersions(ends) !== undefined, { error: 'expected low to be at most high' });

function momentsSchema(end: z.ZodType<string | number>) {
  return z
    .tuple([end, end], { error: 'expected [from, to]' })
    .refine((ends) => readMoments(ends) !== undefined, {
      error: 'expected "from" before "to", both days or both instants',
    });
}

const datesSchema = momentsSchema(momentSchema);

const eitherSchema = z.union([numbersSchema, momentsSchema(momentTextSchema)], {
  error: 'expected two numbers, low ≤ high, or two dates of one kind, from < to',
});

/** A number or a version from low to high, both included; a date from `from` until before `to`. */
export const between: PositiveOperator<Ends> = {
  op: 'between',
  label: 'is between',
  sentence: '{subject} is between {value}',
  types: ['number', 'version', 'moment'],
  operand: 'value',
  text: 'none',
  zoned: true,
  list: false,
  schema(subject) {
    if (subject === 'number') return numbersSchema;
    if (subject === 'version') return versionsSchema;
    return subject === 'moment' ? datesSchema : eitherSchema;
  },
  read(value, subject) {
    if (!Array.isArray(value) || value.length !== 2) return undefined;
    const ends = value as Json[];
    if (subject === 'number') return readNumbers(ends);
    if (subject === 'version') return readVersions(ends);
    if (subject === 'moment') return readMoments(ends);
    const numbers = ends.every((end) => typeof end === 'number');
    const texts = ends.every((end) => typeof end === 'string');
    return numbers ? readNumbers(ends) : texts ? readMoments(ends) : undefined;
  },
  words(value, write) {
    const [left, right] = (value as (string | number)[]).map((end) =>
      typeof end === 'string' ? write.moment(end) : write.value(end),
    );
    return { value: write.message('value.range', { left: left ?? '', right: right ?? '' }) };
  },
  test(ends, settings) {
    if (ends.type === 'number') return numberTest(ends.low, ends.high);
    return ends.type === 'version' ? versionTest(ends.low, ends.high) : momentTest(ends, settings);
  },
  toSql(ends, { zone }, subject, sql) {
    if (ends.type === 'moment') {
      const range = (at: string) => ({
        from: momentInstant(ends.from, at),
        to: momentInstant(ends.to, at),
      });
      return isWithinSql(sql, subject, { zone, range });
    }
    if (ends.type === 'version') {
      const [low, high] = [ends.low, ends.high].map((end) => putVersion(sql, end));
      return `${versionPartsSql(subject)} between ${low} and ${high}`;
    }
    const [low, high] = [ends.low, ends.high].map((end) => sql.put(decimalText(end), 'numeric'));
    return `${numberOf(subject)} between ${low} and ${high}`;
  },
};

function readNumbers([first, second]: readonly Json[]): Ends | undefined {
  const [low, high] = [readNumber(first), readNumber(second)];
  if (low === undefined || high === undefined || compareDecimals(low, high) > 0) return undefined;
  return { type: 'number', low, high };
}

function readVersions([first, second]: readonly Json[]): Ends | undefined {
  const [low, high] = [readVersion(first), readVersion(second)];
  if (!low || !high || compareVersions(low, high) > 0) return undefined;
  return { type: 'version', low, high };
}

function readMoments([first, second]: readonly Json[]): Ends | undefined {
  const [from, to] = [readMoment(first), readMoment(second)];
  const order = from && to && compareMoments(from, to);
  return from && to && order !== undefined && order < 0 ? { type: 'moment', from, to } : undefined;
}

function numberTest(low: Decimal, high: Decimal): (value: Json | undefined) => boolean {
  return (value) => {
    const number = readNumber(value);
    if (number === undefined) return false;
    return compareDecimals(number, low) >= 0 && compareDecimals(number, high) <= 0;
  };
}

function versionTest(low: Version, high: Version): (value: Json | undefined) => boolean {
  return (value) => {
    const version = readVersion(value);
    if (!version) return false;
    return compareVersions(version, low) >= 0 && compareVersions(version, high) <= 0;
  };
}

function momentTest(
  { from, to }: Extract<Ends, { type: 'moment' }>,
  settings: Settings,
): (value: Json | undefined, clock: Clock) => boolean {
  const rangeIn = perZone<Range>((zone) => ({
    from: momentInstant(from, zone),
    to: momentInstant(to, zone),
  }));
  return (value, clock) => {
    const moment = readMoment(value);
    if (!moment) return false;
    const zone = resolveZone(settings.zone, clock);
    return isWithin(momentInstant(moment, zone), rangeIn(zone, 0));
  };
}

/** True when the ends of a checked value are dates, not numbers. */
export function isBetweenDates(value: Json | undefined, subject: SubjectType): boolean {
  if (subject !== 'json') return subject === 'moment';
  return Array.isArray(value) && value.every((end) => typeof end === 'string');
}
