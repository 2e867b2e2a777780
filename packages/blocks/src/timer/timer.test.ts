import { describe, expect, test } from 'vitest';
import { afterDuration } from '../duration/after-duration.ts';
import { aContext, aRun, aVisit } from '../test-step.ts';
import { timerBlock } from './block.ts';
import { nextUntil } from './schedule.ts';
import { timerStep } from './step.ts';

const iso = (instant: number): string => new Date(instant).toISOString().replace('.000Z', 'Z');
const at = (text: string): number => Date.parse(text);

describe('a length of time', () => {
  test.each([
    // A day is 24 hours, whatever the clocks do.
    ['2026-03-28T12:00:00Z', 1, 'day', 'Europe/Kyiv', '2026-03-29T12:00:00Z'],
    ['2026-03-28T12:00:00Z', 90, 'minute', 'UTC', '2026-03-28T13:30:00Z'],
    ['2026-03-28T12:00:00Z', 2, 'week', 'UTC', '2026-04-11T12:00:00Z'],
    // A month is a calendar month forward, clipped to its last day.
    ['2026-01-31T10:00:00Z', 1, 'month', 'UTC', '2026-02-28T10:00:00Z'],
    ['2028-01-31T10:00:00Z', 1, 'month', 'UTC', '2028-02-29T10:00:00Z'],
    ['2026-11-30T10:00:00Z', 3, 'month', 'UTC', '2027-02-28T10:00:00Z'],
    // The local time stays when the offset changes: 10:00 in Kyiv is 08:00Z in winter, 07:00Z in summer.
    ['2026-03-15T08:00:00Z', 1, 'month', 'Europe/Kyiv', '2026-04-15T07:00:00Z'],
    // 03:30 on 29 March 2026 does not exist in Kyiv: the next valid instant is 04:00, 01:00Z.
    ['2026-02-28T01:30:00Z', 1, 'month', 'Europe/Kyiv', '2026-03-28T01:30:00Z'],
    ['2026-01-29T01:30:00Z', 2, 'month', 'Europe/Kyiv', '2026-03-29T01:00:00Z'],
  ] as const)('%s and %i %s in %s is %s', (from, n, unit, zone, expected) => {
    expect(iso(afterDuration(at(from), { n, unit }, zone))).toBe(expected);
  });
});

describe('until a time of day', () => {
  const nine = 9 * 3_600_000;
  test.each([
    [
      'passes at once at its own instant',
      '2026-06-01T06:00:00Z',
      undefined,
      '2026-06-01T06:00:00Z',
    ],
    ['waits for later the same day', '2026-06-01T05:59:59Z', undefined, '2026-06-01T06:00:00Z'],
    ['waits for the next day', '2026-06-01T06:00:01Z', undefined, '2026-06-02T06:00:00Z'],
    // 1 June 2026 is a Monday.
    ['waits for a named weekday', '2026-06-01T06:00:01Z', [1], '2026-06-08T06:00:00Z'],
    ['takes the nearest of several', '2026-06-01T06:00:01Z', [1, 5], '2026-06-05T06:00:00Z'],
  ] as const)('%s', (_name, from, weekdays, expected) => {
    const until = { zone: 'Europe/Kyiv', time: nine, weekdays };
    expect(iso(nextUntil(at(from), until))).toBe(expected);
  });

  test.each([
    // Kyiv skips 03:00 to 04:00 on 29 March 2026.
    ['2026-03-28T12:00:00Z', '03:30', '2026-03-29T01:00:00Z'],
    // and repeats 03:00 to 04:00 on 25 October 2026: the first 03:30 is 00:30Z.
    ['2026-10-24T12:00:00Z', '03:30', '2026-10-25T00:30:00Z'],
    // Between the two, the first is past: the next is tomorrow, 01:30Z.
    ['2026-10-25T00:45:00Z', '03:30', '2026-10-26T01:30:00Z'],
    ['2026-10-25T00:30:00Z', '03:30', '2026-10-25T00:30:00Z'],
  ])('from %s until %s in Kyiv is %s', (from, time, expected) => {
    const [hour, minute] = time.split(':').map(Number) as [number, number];
    const until = { zone: 'Europe/Kyiv', time: (hour * 60 + minute) * 60_000 };
    expect(iso(nextUntil(at(from), until))).toBe(expected);
  });

  test('a time that is skipped at midnight still belongs to its day', () => {
    // Beirut skips 00:00 to 01:00 on 29 March 2026 (a Sunday): 00:30 becomes 01:00, 22:00Z.
    const until = { zone: 'Asia/Beirut', time: 30 * 60_000, weekdays: [7] };
    expect(iso(nextUntil(at('2026-03-28T21:30:00Z'), until))).toBe('2026-03-28T22:00:00Z');
  });

  test('weekdays without a time pass at once on their day, else at its first instant', () => {
    const until = { zone: 'Europe/Kyiv', weekdays: [1] };
    expect(iso(nextUntil(at('2026-06-01T15:00:00Z'), until))).toBe('2026-06-01T15:00:00Z');
    expect(iso(nextUntil(at('2026-06-02T15:00:00Z'), until))).toBe('2026-06-07T21:00:00Z');
  });
});

describe('the timer', () => {
  const now = at('2026-06-01T12:00:00Z');
  const settingsOf = (settings: unknown) => timerBlock.settings.parse(settings);

  test('rests until the length of time is over, then goes on', async () => {
    const settings = settingsOf({ wait: { n: 2, unit: 'hour' } });
    const visits = [aVisit(settings), aVisit(settings, { waited: true })];
    expect(await timerStep(visits, aContext({ now }))).toEqual([
      { kind: 'wait', until: now + 7_200_000 },
      { kind: 'next', exit: 'next' },
    ]);
  });

  test('waits first and then until the time of day in the zone of each contact', async () => {
    const settings = settingsOf({
      wait: { n: 1, unit: 'day' },
      until: { time: '09:00', zone: 'contact' },
    });
    const visits = ['Asia/Tokyo', 'America/New_York', 'Asia/Tokyo'].map((zone, id) =>
      aVisit(settings, { run: aRun({ id, key: zone }) }),
    );
    const outcomes = await timerStep(visits, aContext({ now, contactZone: (run) => run.key }));
    expect(outcomes.map((outcome) => outcome.kind === 'wait' && iso(outcome.until))).toEqual([
      '2026-06-03T00:00:00Z',
      '2026-06-02T13:00:00Z',
      '2026-06-03T00:00:00Z',
    ]);
  });

  test('takes its numbers and times from the event and from fields', async () => {
    const settings = settingsOf({
      wait: { n: { $event: 'days' }, unit: 'day' },
      until: { time: { $contact: 'custom.reminder' } },
    });
    const visit = aVisit(settings, { run: aRun({ trigger: { params: { days: '3' } } }) });
    const context = aContext({ now, fields: { 'custom.reminder': '18:30' } });
    const [outcome] = await timerStep([visit], context);
    expect(outcome).toEqual({ kind: 'wait', until: at('2026-06-04T18:30:00Z') });
  });

  test.each([
    [{}, {}, '$event days has no value, expected a number of units'],
    [{ days: 'soon' }, {}, '$event days is "soon", expected a number of units'],
    [{ days: -1 }, {}, '$event days is -1, expected a number of units'],
    [
      { days: 1 },
      { 'custom.reminder': 'noon' },
      '$contact custom.reminder is "noon", expected a time',
    ],
  ])('fails on %j and %j: %s', async (params, fields, reason) => {
    const settings = settingsOf({
      wait: { n: { $event: 'days' }, unit: 'day' },
      until: { time: { $contact: 'custom.reminder' } },
    });
    const visit = aVisit(settings, { run: aRun({ trigger: { params } }) });
    const [outcome] = await timerStep([visit], aContext({ now, fields }));
    expect(outcome).toEqual({ kind: 'fail', reason });
  });

  test('goes on at once when its time is now', async () => {
    const settings = settingsOf({ until: { time: '12:00' } });
    const [outcome] = await timerStep([aVisit(settings)], aContext({ now }));
    expect(outcome).toMatchObject({ kind: 'next', exit: 'next' });
  });

  test.each([
    [{ wait: { n: 0, unit: 'day' } }],
    [{ wait: { n: 1.5, unit: 'day' } }],
    [{ wait: { n: 1, unit: 'year' } }],
    [{ wait: { n: 5000, unit: 'month' } }],
    [{ until: {} }],
    [{ until: { time: '25:00' } }],
    [{ until: { weekdays: [0] } }],
    [{ until: { time: '09:00', zone: 'Mars/Olympus' } }],
    [{ until: { time: '09:00' }, surprise: 1 }],
  ])('refuses the settings %j', (settings) => {
    expect(timerBlock.settings.safeParse(settings).success).toBe(false);
  });
});
