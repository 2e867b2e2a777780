import type { Browser } from 'playwright-core';
import { launchBrowser } from '../apps/web/test/browser.ts';
import type { Bench, Figure } from './bench.ts';
import { largeWorkflow } from './canvas/large-workflow.ts';
import { moveAndMeasure, type Movement } from './canvas/move-and-measure.ts';
import { serveInterface } from './canvas/serve-interface.ts';
import { percentile } from './measure.ts';

const MOVEMENTS: Movement[] = ['pan', 'zoom', 'drag'];
const SIZES = [200, 500];
/** 60 frames a second. */
const FRAME_MS = 1000 / 60;
/** What is compiled and drawn for the first time is not what is felt later. */
const WARM_UP_FRAMES = 60;

export const canvasBench: Bench = {
  name: 'canvas',
  title: 'Canvas: frames while a large workflow is moved, in a browser without a graphics card',
  async run({ scale, log }) {
    const frames = Math.max(60, Math.round(300 * scale));
    const browser = await launchBrowser();
    try {
      const empty = await measure(browser, { blocks: 0, frames });
      const figures: Figure[] = [];
      for (const blocks of SIZES) {
        log(`${blocks} blocks`);
        const times = await measure(browser, { blocks, frames });
        figures.push(...MOVEMENTS.flatMap((movement) => figuresOf(movement, blocks, times, empty)));
      }
      return figures;
    } finally {
      await browser.close();
    }
  },
};

type Times = Record<Movement, number[]>;

async function measure(
  browser: Browser,
  { blocks, frames }: { blocks: number; frames: number },
): Promise<Times> {
  const served = await serveInterface(largeWorkflow(blocks));
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  try {
    await page.goto(served.url);
    await page.locator('.react-flow__node').first().waitFor();
    const times: Partial<Times> = {};
    for (const movement of MOVEMENTS) {
      await page.evaluate(moveAndMeasure, { movement, frames: WARM_UP_FRAMES });
      times[movement] = await page.evaluate(moveAndMeasure, { movement, frames });
    }
    return times as Times;
  } finally {
    await page.close();
    served.stop();
  }
}

function figuresOf(movement: Movement, blocks: number, times: Times, empty: Times): Figure[] {
  return [50, 95].map((p) => ({
    what: `${movement} ${blocks} blocks: time of a frame, p${p}`,
    value: percentile(times[movement], p),
    unit: 'ms',
    ...(blocks === 200 && p === 50 && { budget: Math.ceil(FRAME_MS), atMost: true }),
    limit: {
      what:
        movement === 'drag' ? 'panning a canvas with only a start' : 'a canvas with only a start',
      value: percentile(empty[movement === 'drag' ? 'pan' : movement], p),
    },
  }));
}
