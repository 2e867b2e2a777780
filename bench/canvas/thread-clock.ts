import type { Page } from 'playwright-core';

/** CPU time that the page's main thread has used so far, in milliseconds, and parts of it. */
export interface ThreadTimes {
  /** All its tasks. */
  all: number;
  script: number;
  /** Style and layout. */
  layout: number;
}

export interface ThreadClock {
  read: () => Promise<ThreadTimes>;
}

/**
 * Counts the ticks of the thread itself, by the browser's own protocol: what other programs take of the
 * machine meanwhile, and waiting for the next frame, are not in it.
 */
export async function threadClock(page: Page): Promise<ThreadClock> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  return {
    async read() {
      const { metrics } = await session.send('Performance.getMetrics');
      const seconds = new Map(metrics.map(({ name, value }) => [name, value]));
      const ms = (...names: string[]): number =>
        names.reduce((sum, name) => sum + 1000 * readMetric(seconds, name), 0);
      return {
        all: ms('TaskDuration'),
        script: ms('ScriptDuration'),
        layout: ms('LayoutDuration', 'RecalcStyleDuration'),
      };
    },
  };
}

function readMetric(metrics: ReadonlyMap<string, number>, name: string): number {
  const value = metrics.get(name);
  if (value === undefined) throw new Error(`The browser does not tell ${name}.`);
  return value;
}
