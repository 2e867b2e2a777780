import type { Happening } from './test-reference-state.ts';

/** How often the cases must come to something at least, of a hundred of them. */
const LEAST: readonly [what: RegExp, times: number][] = [
  [/^merge is undone/, 10],
  [/^archiving ends a run/, 3],
  [/^workflow is active again/, 20],
  [/^report of (email|sms)/, 12],
  [/^report of (viber|telegram|web_push|mobile_push)/, 3],
  [/^report of (app_inbox|in_app)/, 6],
  [/^told Message(Opened|Clicked)/, 8],
  [/^told MessageUndelivered/, 2],
  [/^told Message(Unsubscribed|Complained)/, 2],
  [/^run is ended by hand/, 3],
  [/^run is retried/, 1],
  [/^all runs are ended/, 4],
  [/^all failed runs are retried/, 4],
];

/** Counts what is rare. */
export function createTally() {
  const happened = new Map<Happening, number>();
  return {
    add(more: ReadonlyMap<Happening, number>): void {
      for (const [what, n] of more) happened.set(what, (happened.get(what) ?? 0) + n);
    },
    /** What happened less often than it must in so many cases; in few, what is rare may be missing. */
    missing(cases: number): Record<string, number> {
      const counted = LEAST.map(([what, times]) => {
        const found = [...happened].filter(([name]) => what.test(name));
        const n = found.reduce((sum, [, each]) => sum + each, 0);
        return { what: what.source, n, least: Math.floor((times * cases) / 100) };
      });
      const rare = counted.filter(({ n, least }) => n < least);
      return Object.fromEntries(rare.map(({ what, n }) => [what, n]));
    },
  };
}
