import { expect, test } from 'vitest';
import { createLoadMeter } from './load-meter.ts';

function meterAt() {
  const told: number[] = [];
  let at = 0;
  const meter = createLoadMeter({ now: () => at, onShare: (share) => told.push(share) });
  return {
    told,
    pass(ms: number, work: number) {
      at += ms;
      meter.worked(work);
    },
  };
}

test('turns without a rest between them are full load', () => {
  const { told, pass } = meterAt();
  for (let turn = 0; turn < 10; turn += 1) pass(100, 100);
  expect(told).toEqual([1, 1]);
});

test('a rest counts, however long it was', () => {
  const { told, pass } = meterAt();
  pass(100, 100);
  pass(900, 0);
  pass(1000, 0);
  expect(told).toEqual([0.1, 0]);
});

test('a turn that began in the window before makes no share above 1', () => {
  const { told, pass } = meterAt();
  pass(500, 2000);
  expect(told).toEqual([1]);
});
