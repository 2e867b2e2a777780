import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CallRequest } from '@perennial/blocks/steps';
import { inTransaction } from '../db/index.ts';
import { testDatabase } from '../db/test-database.ts';
import { createEgress } from '../egress/index.ts';
import { createSecretBox } from '../secret/index.ts';
import { initialiseInstallation } from '../slots/index.ts';
import { driveCalls } from './drive-calls.ts';
import { createHostGate } from './host-gate.ts';
import { insertCalls, type NewCall } from './insert-calls.ts';
import { backOffMs } from './settle-call.ts';
import { testHost } from './test-host.ts';

const { pool } = await testDatabase();
const box = createSecretBox('test');
const egress = createEgress({ allow: ['127.0.0.1'] });
const NOW = Date.UTC(2026, 5, 1);
let now = NOW;
let made = 0;

beforeAll(() => initialiseInstallation(pool, { slots: 4, now: new Date(NOW) }));
afterAll(() => egress.close());

function request(url: string, more: Partial<CallRequest> = {}): CallRequest {
  return { method: 'GET', url, headers: {}, secrets: {}, timeoutMs: 10_000, retries: 0, ...more };
}

function noted(requests: readonly CallRequest[]): Promise<void> {
  const calls = requests.map((one): NewCall => {
    made += 1;
    const run = { contactId: made, runId: made, step: 1, version: 1 };
    return { ...run, workspaceId: 1, workflowId: 1, block: 'b1', request: one };
  });
  return inTransaction(pool, (tx) => insertCalls(tx, { calls, now: new Date(now) }));
}

async function states(): Promise<Record<string, number>> {
  const { rows } = await pool.query<{ state: string; n: number }>(
    `select state, count(*)::integer as n from workflow_calls group by state`,
  );
  return Object.fromEntries(rows.map(({ state, n }) => [state, n]));
}

/** A line that is stopped with the test. */
function line() {
  return driveCalls({
    pool,
    egress,
    box,
    slots: 4,
    clock: () => new Date(now),
    onError: (cause) => {
      throw cause;
    },
  });
}

test('a host that hangs gets eight calls at once, and keeps nobody else waiting', async () => {
  const [hanging, other] = [await testHost(), await testHost()];
  hanging.behave(() => 'hold');
  const many = Array.from({ length: 20 }, () => request(`${hanging.origin}/slow`));
  await noted([...many, request(`${other.origin}/quick`)]);
  const driving = line();
  await Promise.all([hanging.arrived(8), other.arrived(1)]);
  expect(hanging.asked).toHaveLength(8);
  hanging.behave(() => ({ status: 200 }));
  hanging.letGo();
  await hanging.arrived(20);
  await driving.stop();
  expect(await states()).toEqual({ answered: 21 });
});

describe('the gate of a host', () => {
  const at = (ms: number) => new Date(NOW + ms);
  const fail = (gate: ReturnType<typeof createHostGate>, when: Date) => {
    gate.begin();
    gate.end({ trouble: true, now: when });
  };

  test('closes after five failures in a row, longer each time, and opens by one call', () => {
    const gate = createHostGate();
    for (let n = 0; n < 4; n += 1) fail(gate, at(0));
    expect(gate.places(at(0))).toBe(8);
    fail(gate, at(0));
    expect(gate.places(at(9_999))).toBe(0);
    expect(gate.leftAloneUntil(at(0))).toEqual(at(10_000));
    expect(gate.places(at(10_000))).toBe(1);
    fail(gate, at(10_000));
    expect(gate.leftAloneUntil(at(10_000))).toEqual(at(30_000));
    gate.begin();
    gate.end({ trouble: false, now: at(30_000) });
    expect(gate.places(at(30_000))).toBe(8);
  });

  test('counts what is under way', () => {
    const gate = createHostGate();
    gate.begin();
    gate.begin();
    expect(gate.places(at(0))).toBe(6);
  });
});

test.each([
  [1, undefined, 5_000],
  [2, undefined, 30_000],
  [99, undefined, 3_600_000],
  [1, 60_000, 60_000],
  [1, 86_400_000, 3_600_000],
  [7, 1_000, 3_600_000],
])('after %i tries, and asked to wait %s ms, the next one is %i ms later', (tries, asked, ms) => {
  expect(backOffMs({ tries, ...(asked !== undefined && { retryAfter: asked }) })).toBe(ms);
});

test('a call that waits for a host that is left alone is given up after an hour', async () => {
  await pool.query(`delete from workflow_calls`);
  const host = await testHost();
  host.behave(() => ({ status: 500 }));
  await noted(Array.from({ length: 6 }, () => request(host.origin, { retries: 10 })));
  await pool.query(`update workflow_calls set created_at = created_at - interval '2 hours'`);
  const driving = line();
  await host.arrived(6);
  now += 5_000;
  // The line looks again as each call ends, and then finds the host left alone.
  await until(async () => (await states())['failed'] === 6);
  await driving.stop();
  const { rows } = await pool.query<{ problem: string }>(
    `select distinct problem from workflow_calls`,
  );
  expect(rows.map(({ problem }) => problem).join()).toContain('is left alone until');
});

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo()));
}
