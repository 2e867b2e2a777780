import { describe, expect, test } from 'vitest';
import { checkNode } from '../check/check-definition.ts';
import { compileRule } from '../evaluate/compile-rule.ts';
import type { RunFact } from '../facts.ts';
import { fieldCatalogue } from '../fields.ts';

const NOW = Date.UTC(2026, 9, 14, 9, 30);
const DAY = 86_400_000;
const fields = fieldCatalogue({});

function judge(rest: object, runs: readonly RunFact[]) {
  const checked = checkNode({ type: 'workflow', workflow: '7', ...rest }, { fields });
  if (!checked.ok) throw new Error(JSON.stringify(checked.issues));
  const facts = { now: NOW, workspaceZone: 'UTC', fields: {}, events: new Map(), runs };
  return compileRule(checked.value, { fields }).judge(facts);
}

const run = (state: RunFact['state'], from: number, to?: number, workflow = '7'): RunFact => ({
  workflow,
  state,
  startedAt: NOW - from * DAY,
  endedAt: to === undefined ? null : NOW - to * DAY,
});
const last = (n: number) => ({ period: { kind: 'last', n, unit: 'day' } });

describe('runs of a workflow', () => {
  const done = run('completed', 9, 2);
  test.each<[string, object, RunFact[], boolean, number]>([
    ['entered, ever', { state: 'entered' }, [done], true, Infinity],
    ['entered lately: when it started', { state: 'entered', ...last(5) }, [done], false, Infinity],
    [
      'completed lately: when it ended',
      { state: 'completed', ...last(5) },
      [done],
      true,
      NOW + 3 * DAY,
    ],
    ['not completed but stopped', { state: 'stopped' }, [done], false, Infinity],
    ['running', { state: 'running' }, [run('running', 1)], true, Infinity],
    ['no longer running', { state: 'running' }, [done], false, Infinity],
    [
      'running, and started long ago',
      { state: 'running', period: { kind: 'longer_ago', n: 5, unit: 'day' } },
      [run('running', 1)],
      false,
      NOW + 4 * DAY,
    ],
    ['of another workflow', { state: 'entered' }, [run('failed', 2, 1, '8')], false, Infinity],
    [
      'of several, the latest to leave the period',
      { state: 'failed', ...last(5) },
      [run('failed', 9, 4), run('failed', 3, 1)],
      true,
      NOW + 4 * DAY,
    ],
  ])('%s', (_case, rest, runs, result, changesAt) => {
    expect(judge(rest, runs)).toEqual({ result, changesAt });
  });
});
