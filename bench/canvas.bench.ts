import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../apps/web/test/browser.ts';
import type { Bench, Figure } from './bench.ts';
import { largeWorkflow } from './canvas/large-workflow.ts';
import {
  gripBlock,
  letGo,
  moveInFrames,
  type Movement,
  type Point,
} from './canvas/move-in-frames.ts';
import { serveInterface } from './canvas/serve-interface.ts';
import { threadClock, type ThreadClock, type ThreadTimes } from './canvas/thread-clock.ts';
import { percentile } from './measure.ts';

const SIZES = [200, 500];
/** 60 frames a second: what the page's thread may take for one, if nothing is to be late. */
const FRAME_MS = 1000 / 60;
/** What is compiled and drawn for the first time is not what is felt later. */
const WARM_UP_FRAMES = 60;
/** Frames that are timed together: so many that reading the clock does not count, so few that peaks show. */
const STRETCH = 30;

export const canvasBench: Bench = {
  name: 'canvas',
  title: 'Canvas: what a frame costs while a large workflow is moved, in CPU time of the page',
  async run({ scale, log }) {
    const stretches = Math.max(3, Math.round(10 * scale));
    const browser = await launchBrowser();
    try {
      const empty = await measure(browser, { blocks: 0, stretches });
      const figures: Figure[] = [];
      for (const blocks of SIZES) {
        log(`${blocks} blocks`);
        const costs = await measure(browser, { blocks, stretches });
        figures.push(...figuresOf(blocks, costs, empty));
        figures.push({
          what: `${blocks} blocks, drag: CPU time of letting go`,
          value: costs.letGo,
          unit: 'ms',
        });
      }
      return figures;
    } finally {
      await browser.close();
    }
  },
};

/** Beginning where the page opens, or with as much of the graph in sight as the canvas allows. */
type Done = Movement | `${Movement}, zoomed out`;

interface Costs {
  /** By what was done, of each stretch what one of its frames cost. */
  frames: Partial<Record<Done, ThreadTimes[]>>;
  /** What it takes to let a dragged block go: the draft changes, is checked and drawn. */
  letGo: number;
}

async function measure(
  browser: Browser,
  { blocks, stretches }: { blocks: number; stretches: number },
): Promise<Costs> {
  const served = await serveInterface(largeWorkflow(blocks));
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  try {
    await page.goto(served.url);
    await page.locator('.react-flow__node').first().waitFor();
    const clock = await threadClock(page);
    const measured = (movement: Movement, more: Moving = {}): Promise<ThreadTimes[]> =>
      measureFrames(page, clock, { movement, stretches, ...more });
    const [pan, zoom] = [await measured('pan'), await measured('zoom')];
    const frames: Costs['frames'] = { pan, zoom };
    // A canvas with only a start has nothing that could be dragged.
    if (blocks === 0) return { frames, letGo: 0 };
    const first = await drag();
    await page.keyboard.press('f');
    const all = await drag();
    // A graph that is small is soon out of sight.
    frames['pan, zoomed out'] = await measured('pan', { swing: 3 });
    frames.drag = first.costs;
    frames['drag, zoomed out'] = all.costs;
    return { frames, letGo: first.letGo };

    async function drag(): Promise<{ costs: ThreadTimes[]; letGo: number }> {
      const grip = await page.evaluate(gripBlock);
      const costs = await measured('drag', { grip });
      const begun = await clock.read();
      await page.evaluate(letGo, { grip });
      await page.evaluate(moveInFrames, {
        movement: 'pan' as const,
        first: 0,
        frames: 2,
        grip: null,
      });
      return { costs, letGo: (await clock.read()).all - begun.all };
    }
  } finally {
    await page.close();
    served.stop();
  }
}

/** With what something is moved. */
interface Moving {
  grip?: Point | null;
  swing?: number;
}

async function measureFrames(
  page: Page,
  clock: ThreadClock,
  {
    movement,
    stretches,
    grip = null,
    ...swing
  }: Moving & { movement: Movement; stretches: number },
): Promise<ThreadTimes[]> {
  let first = 0;
  const go = async (frames: number): Promise<void> => {
    await page.evaluate(moveInFrames, { movement, first, frames, grip, ...swing });
    first += frames;
  };
  await go(WARM_UP_FRAMES);
  const costs: ThreadTimes[] = [];
  for (let n = 0; n < stretches; n += 1) {
    const begun = await clock.read();
    await go(STRETCH);
    const done = await clock.read();
    costs.push({
      all: (done.all - begun.all) / STRETCH,
      script: (done.script - begun.script) / STRETCH,
      layout: (done.layout - begun.layout) / STRETCH,
    });
  }
  return costs;
}

function figuresOf(blocks: number, { frames }: Costs, empty: Costs): Figure[] {
  return Object.entries(frames).map(([done, costs]) => {
    const of = (part: keyof ThreadTimes, p = 50, given = costs): number =>
      percentile(
        given.map((cost) => cost[part]),
        p,
      );
    const ms = (value: number): string => value.toFixed(1);
    return {
      what: `${blocks} blocks, ${done}: CPU time of a frame`,
      value: of('all'),
      unit: 'ms',
      budget: FRAME_MS,
      atMost: true,
      note: `script ${ms(of('script'))}, style and layout ${ms(of('layout'))}; dearest stretch ${ms(of('all', 100))}`,
      limit: {
        what: 'panning a canvas with only a start',
        value: of('all', 50, empty.frames.pan),
      },
    };
  });
}
