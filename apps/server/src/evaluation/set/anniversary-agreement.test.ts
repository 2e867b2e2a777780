/**
 * Anniversaries in SQL against those of the interpreter: random values of all years, many near the
 * days that are asked for, in zones with every kind of odd day.
 */
import {
  compileWhere,
  dayOfInstant,
  operators,
  startOfDay,
  whereSchema,
  type Json,
} from '@perennial/conditions';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readTestConfig } from '../../config.ts';
import { newStatement } from '../../contacts/filter/statement.ts';
import { testDatabase } from '../../db/test-database.ts';

const { agreementCases, fuzzSeed } = readTestConfig();
const { pool } = await testDatabase();
const DAY = 86_400_000;
const HOUR = DAY / 24;

/** Zones that skipped midnights and whole days, went back over midnight, or lie far away. */
const ZONES = [
  'UTC',
  'America/Toronto',
  'America/Nuuk',
  'America/St_Johns',
  'America/New_York',
  'Pacific/Apia',
  'Pacific/Kwajalein',
  'Pacific/Kiritimati',
  'Asia/Manila',
  'Africa/Casablanca',
  'Africa/Monrovia',
  'Europe/Kyiv',
];
const WORKSPACE_ZONE = 'Asia/Tokyo';

interface Asked {
  now: number;
  zone: string;
  span: { from: number; to: number };
}

interface Value {
  value: Json;
  zone: string | null;
}

const spans = fc.oneof(
  fc.constantFrom({ from: 0, to: 0 }, { from: -1, to: 1 }, { from: -366, to: 366 }),
  fc
    .tuple(fc.integer({ min: -366, max: 366 }), fc.nat(10))
    .map(([from, more]) => ({ from, to: Math.min(366, from + more) })),
);

/** Days on which February ends, and any others, of past and coming years. */
const instants = fc
  .tuple(
    fc.constantFrom(
      '02-27',
      '02-28',
      '03-01',
      '12-31',
      '01-01',
      '03-29',
      '03-31',
      '08-22',
      '07-04',
    ),
    fc.integer({ min: 2020, max: 2040 }),
    fc.integer({ min: 0, max: 48 }),
  )
  .map(
    ([monthDay, year, halves]) => Date.parse(`${year}-${monthDay}T00:00Z`) + halves * (HOUR / 2),
  );

const asked: fc.Arbitrary<Asked> = fc.record({
  now: instants,
  zone: fc.constantFrom('contact', 'workspace', 'UTC', ...ZONES),
  span: spans,
});

const years = fc.oneof(
  fc.integer({ min: 1, max: 9999 }),
  fc.integer({ min: 1800, max: 2130 }),
  fc.constantFrom(
    1,
    4,
    1600,
    1799,
    1800,
    1801,
    1844,
    1919,
    1993,
    2011,
    2000,
    2100,
    2128,
    2129,
    9999,
  ),
);

/** A value whose day is near one that is asked for, in some year, in one of the forms of dates. */
function values({ now, span }: Asked): fc.Arbitrary<Value> {
  const offsets = fc.oneof(
    fc.integer({ min: span.from - 2, max: span.to + 2 }),
    fc.constantFrom(span.from - 1, span.from, span.to, span.to + 1),
    fc.integer({ min: -400, max: 400 }),
  );
  const times = fc.constantFrom(
    '00:00',
    '00:00:30',
    '00:15',
    '00:45',
    '01:30',
    '05:00',
    '12:00',
    '20:00',
    '22:30',
    '23:00',
    '23:15',
    '23:45',
    '23:59:59.999',
  );
  const forms = fc.constantFrom('day', 'local', 'instant', 'offset', 'number');
  return fc
    .record({
      offset: offsets,
      year: years,
      leap: fc.boolean(),
      time: times,
      form: forms,
      zone: fc.option(fc.constantFrom(...ZONES)),
    })
    .map(({ offset, year, leap, time, form, zone }) => {
      const near = new Date(now + offset * DAY).toISOString().slice(5, 10);
      const monthDay = near === '02-28' && leap && isLeap(year) ? '02-29' : near;
      const isThere = monthDay !== '02-29' || isLeap(year);
      const day = `${String(year).padStart(4, '0')}-${isThere ? monthDay : '02-28'}`;
      return { value: written(day, time, form), zone };
    });
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

function written(day: string, time: string, form: string): Json {
  if (form === 'day') return day;
  if (form === 'local') return `${day}T${time}`;
  if (form === 'instant') return `${day}T${time}Z`;
  if (form === 'offset') return `${day}T${time}+03:30`;
  return Date.parse(`${day}T${time}Z`);
}

/** What SQL says of each value: whether it holds, and until when that is so. */
async function ask(
  { now, zone, span }: Asked,
  all: readonly Value[],
): Promise<{ holds: boolean; changes_at: Date | null }[]> {
  const { put, values: parameters } = newStatement();
  const sql = {
    put,
    now,
    workspaceZone: WORKSPACE_ZONE,
    zones: () => ZONES,
    sources: {
      contactZone: 'given.zone',
      field: (): never => {
        throw new Error('No fields are asked for.');
      },
    },
  };
  const subject = { type: 'json', expression: 'given.value' } as const;
  const settings = { zone, ignoreCase: false };
  const condition = operators.anniversary.toSql(span, settings, subject, sql);
  const changes = operators.anniversary.changesSql!(span, settings, subject, sql);
  const { rows } = await pool.query<{ holds: boolean; changes_at: Date | null }>(
    `select coalesce(${condition}, false) as holds, ${changes} as changes_at
       from jsonb_to_recordset(${put(JSON.stringify(all.map((one, n) => ({ n, ...one }))))})
              as given (n int, value jsonb, zone text)
      order by n`,
    parameters,
  );
  return rows;
}

function interpreterOf({ zone, span }: Asked) {
  const where = whereSchema.parse({ param: 'p', op: 'anniversary', value: span, zone });
  const test = compileWhere(where);
  return ({ value, zone: contactZone }: Value, now: number): boolean =>
    test({ params: { p: value } }, { now, workspaceZone: WORKSPACE_ZONE, contactZone });
}

async function compare(one: Asked, all: readonly Value[]): Promise<void> {
  const answers = await ask(one, all);
  const holds = interpreterOf(one);
  all.forEach((given, n) => {
    const { holds: found, changes_at: until } = answers[n]!;
    const told = { ...one, ...given };
    expect({ ...told, holds: found }).toEqual({ ...told, holds: holds(given, one.now) });
    if (until !== null) expect(until.getTime(), JSON.stringify(told)).toBeGreaterThan(one.now);
    // Days begin at these instants; on each until the one that was told, the answer is the same.
    for (const at of nextDays(one, given, until)) {
      expect({ ...told, at, holds: holds(given, at) }).toEqual({ ...told, at, holds: found });
    }
  });
}

/** The instants at which the next days begin for the contact, while the answer is said to last. */
function nextDays({ now, zone }: Asked, { zone: own }: Value, until: Date | null): number[] {
  const at = { contact: own ?? WORKSPACE_ZONE, workspace: WORKSPACE_ZONE }[zone] ?? zone;
  const today = dayOfInstant(now, at);
  const starts = [1, 2, 3, 27, 28, 29, 364, 365, 366, 367].map((n) => startOfDay(today + n, at));
  return starts.filter((start) => start > now && (until === null || start < until.getTime()));
}

test(
  `seed ${fuzzSeed}: SQL finds the anniversaries that the interpreter finds, and says how long`,
  { timeout: 60_000 + agreementCases * 100 },
  async () => {
    const rounds = asked.chain((one) =>
      fc.tuple(fc.constant(one), fc.array(values(one), { minLength: 20, maxLength: 60 })),
    );
    await fc.assert(
      fc.asyncProperty(rounds, ([one, all]) => compare(one, all)),
      { numRuns: Math.max(40, Math.floor(agreementCases / 10)), seed: fuzzSeed },
    );
  },
);

/** On its day: whether the value has its anniversary today. */
describe.each<[what: string, today: string, zone: string, value: Json, holds: boolean]>([
  ['a leap day in a common year', '2027-02-28', 'UTC', '2000-02-29', true],
  ['a leap day on the day after, then', '2027-03-01', 'UTC', '2000-02-29', false],
  ['a leap day in a leap year', '2028-02-29', 'UTC', '2000-02-29', true],
  ['a leap day on the day before, then', '2028-02-28', 'UTC', '2000-02-29', false],
  ['28 February in a leap year', '2028-02-29', 'UTC', '1999-02-28', false],
  [
    'a leap day by an instant of another zone',
    '2027-02-28',
    'America/New_York',
    '2000-03-01T04:30Z',
    true,
  ],
  [
    'half past eleven, which Toronto skipped',
    '2027-03-31',
    'America/Toronto',
    '1919-03-30T23:30',
    true,
  ],
  ['a minute before', '2027-03-30', 'America/Toronto', '1919-03-30T23:29', true],
  ['a day that Apia left out', '2026-12-31', 'Pacific/Apia', '2011-12-30T10:00', true],
  ['the same written as a day', '2026-12-30', 'Pacific/Apia', '2011-12-30', true],
  ['the hour that Nuuk skips each spring', '2027-03-29', 'America/Nuuk', '2026-03-28T23:30', true],
  ['the same in a far year', '2027-03-29', 'America/Nuuk', '2426-03-28T23:30', true],
  ['before zones were', '2027-07-04', 'America/New_York', '1776-07-05T04:00Z', true],
  ['the summer time of a far year', '2027-07-04', 'America/New_York', '9999-07-05T03:30Z', true],
  ['its winter time', '2027-01-04', 'America/New_York', '9999-01-05T04:30Z', true],
  ['the last evening of all', '2027-01-01', 'Pacific/Kiritimati', '9999-12-31T23:00Z', true],
  ['the first morning of all', '2026-12-31', 'America/New_York', '0001-01-01T00:30Z', true],
])('%s on %s in %s', (_what, today, zone, value, holds) => {
  const now = startOfDay(Date.parse(today) / DAY, zone) + HOUR;
  const span = { from: 0, to: 0 };

  test.each([
    ['named', zone, null],
    ['of the contact', 'contact', zone],
  ])('as the zone %s', async (_case, named, own) => {
    const one = { now, zone: named, span };
    const [answer] = await ask(one, [{ value, zone: own }]);
    expect(answer!.holds).toBe(holds);
    expect(interpreterOf(one)({ value, zone: own }, now)).toBe(holds);
  });
});
