import { describe, expect, test } from 'vitest';
import { aContext, aRun, aVisit } from '../test-step.ts';
import { splitBlock } from './block.ts';
import { splitStep } from './step.ts';

async function exitsOf(weights: unknown, block: string, ids: number[]): Promise<string[]> {
  const settings = splitBlock.settings.parse({ weights });
  const visits = ids.map((id) => aVisit(settings, { block, run: aRun({ id }) }));
  const outcomes = await splitStep(visits, aContext({}));
  return outcomes.map((outcome) => (outcome.kind === 'next' ? outcome.exit : outcome.kind));
}

const ids = Array.from({ length: 20_000 }, (_, i) => i + 1);

describe('split', () => {
  test.each([[{ a: 50, b: 50 }], [{ a: 1, b: 2, c: 7 }], [{ a: 999, b: 1 }], [{ a: 0, b: 3 }]])(
    'divides runs by the weights %j',
    async (weights) => {
      const exits = await exitsOf(weights, 'b1', ids);
      const total = Object.values(weights).reduce((sum, n) => sum + n, 0);
      for (const [exit, weight] of Object.entries(weights)) {
        const share = weight / total;
        const expected = share * ids.length;
        // Five standard deviations of a fair draw.
        const tolerance = 5 * Math.sqrt(ids.length * share * (1 - share));
        const found = exits.filter((taken) => taken === exit).length;
        expect(Math.abs(found - expected)).toBeLessThanOrEqual(tolerance);
      }
    },
  );

  test('takes the same way on every retry', async () => {
    const first = await exitsOf({ a: 1, b: 1 }, 'b1', ids.slice(0, 1_000));
    expect(await exitsOf({ a: 1, b: 1 }, 'b1', ids.slice(0, 1_000))).toEqual(first);
  });

  test('never changes the way of a run from release to release', async () => {
    expect((await exitsOf({ a: 1, b: 1 }, 'b1', [1, 2, 3, 4, 5, 6, 7, 8])).join('')).toBe(
      'aaabbaaa',
    );
  });

  test('draws for each block anew', async () => {
    const one = await exitsOf({ a: 1, b: 1 }, 'b1', ids);
    const two = await exitsOf({ a: 1, b: 1 }, 'b2', ids);
    const both = one.filter((exit, i) => exit === 'a' && two[i] === 'a').length;
    expect(Math.abs(both - ids.length / 4)).toBeLessThan(5 * Math.sqrt((ids.length * 3) / 16));
  });

  test('reads a list of weights as the exits a, b, c', async () => {
    const settings = splitBlock.settings.parse({ weights: [1, 0, 0] });
    expect(splitBlock.exits(settings)).toEqual(['a', 'b', 'c']);
    expect(new Set(await exitsOf([1, 0, 0], 'b1', ids.slice(0, 50)))).toEqual(new Set(['a']));
  });

  test.each([[{ a: 1 }], [{ a: 0, b: 0 }], [{ a: 0.5, b: 0.5 }], [{ a: -1, b: 2 }], [[]]])(
    'refuses the weights %j',
    (weights) => {
      expect(splitBlock.settings.safeParse({ weights }).success).toBe(false);
    },
  );
});
