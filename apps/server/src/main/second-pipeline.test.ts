import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createSecondPipeline } from './second-pipeline.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function secondPipeline() {
  const log: string[] = [];
  const second = createSecondPipeline({
    spareForMs: 60_000,
    async start() {
      log.push('started');
      return {
        async stop() {
          log.push('ended');
        },
      };
    },
  });
  return { second, log };
}

test('one pipeline is enough until it is full', () => {
  const { second, log } = secondPipeline();
  second.hear(0.7);
  expect(log).toEqual([]);
  second.hear(0.9);
  second.hear(1);
  expect(log).toEqual(['started']);
});

test('the second stays while there is work for both, and ends after a while without', async () => {
  const { second, log } = secondPipeline();
  second.hear(1);
  await vi.advanceTimersByTimeAsync(59_000);
  second.hear(0.4);
  await vi.advanceTimersByTimeAsync(59_000);
  second.hear(0.1);
  expect(log).toEqual(['started']);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(log).toEqual(['started', 'ended']);
});

test('after its end it is started again when it is needed again', async () => {
  const { second, log } = secondPipeline();
  second.hear(1);
  await vi.advanceTimersByTimeAsync(60_000);
  second.hear(1);
  expect(log).toEqual(['started', 'ended', 'started']);
});

test('the end of the program waits for it, also while it is starting', async () => {
  const starting = Promise.withResolvers<void>();
  const log: string[] = [];
  const second = createSecondPipeline({
    async start() {
      await starting.promise;
      return { stop: async () => void log.push('ended') };
    },
  });
  second.hear(1);
  const stopped = second.stop();
  starting.resolve();
  await stopped;
  expect(log).toEqual(['ended']);
  second.hear(1);
  await second.stop();
  expect(log).toEqual(['ended']);
});
