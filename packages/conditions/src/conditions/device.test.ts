import { describe, expect, test } from 'vitest';
import { checkNode } from '../check/check-definition.ts';
import { explain, interpret } from '../evaluate/compile-rule.ts';
import type { DeviceFact, Facts } from '../facts.ts';
import { fieldCatalogue } from '../fields.ts';

const fields = fieldCatalogue({});

function node(where: unknown) {
  const checked = checkNode({ type: 'device', where }, { fields });
  if (!checked.ok) throw new Error(JSON.stringify(checked.issues));
  return checked.value;
}

const contact = (devices: DeviceFact[]): Facts => ({
  now: Date.UTC(2026, 9, 14),
  workspaceZone: 'UTC',
  fields: {},
  events: new Map(),
  devices,
});

const has = (where: unknown, ...devices: DeviceFact[]) =>
  interpret(node(where), contact(devices), { fields });

const version = (op: string, value: unknown) => ({ param: 'app_version', op, value });
const iPhone = { platform: 'iOS', os_version: '17.4', app_version: '2.0' };
const pixel = { platform: 'Android', os_version: '14', app_version: '1.9' };

describe('devices', () => {
  test('one device must match the whole filter', () => {
    const where = {
      all: [{ param: 'platform', op: 'equals', value: 'iOS' }, version('less', '2')],
    };
    expect(has(where, iPhone, pixel)).toBe(false);
    expect(has(where, pixel, { ...iPhone, app_version: '1.9.9' })).toBe(true);
  });

  test('no device matches nothing, whatever is negated', () => {
    expect(has({ not: version('less', '2') })).toBe(false);
    expect(has({ not: version('less', '2') }, iPhone)).toBe(true);
  });

  test('explain tells how many match', () => {
    const { tree } = explain(node(version('less', '2')), contact([iPhone, pixel]), { fields });
    expect(tree.values).toEqual({ devices: 2, matching: 1 });
  });
});

describe('versions', () => {
  test.each<[string, string, unknown, boolean]>([
    ['1.10', 'greater', '1.9', true],
    ['1.9', 'greater', '1.10', false],
    ['2', 'greater', '1.99.99', true],
    ['1.2', 'less', '1.2.0', false],
    ['1.2', 'less', '1.2.0.1', true],
    ['1.2.0', 'greater_or_equal', '1.2', true],
    ['1.2', 'less_or_equal', '1.2.0.0', true],
    ['1.2.0', 'between', ['1.2', '1.3'], true],
    ['1.3.0', 'between', ['1.2', '1.3'], true],
    ['1.3.1', 'between', ['1.2', '1.3'], false],
    ['010', 'greater', '9', true],
    ['999999999999999.1', 'greater', '999999999999999', true],
    ['1.2b', 'greater', '1.1', false],
    ['1.2b', 'less', '9', false],
    ['', 'less', '9', false],
    ['.5', 'less', '9', false],
    ['1..5', 'less', '9', false],
    // Other operators see a text.
    ['1.2.0', 'equals', '1.2', false],
    ['1.2b', 'starts_with', '1.2', true],
    ['1.2b', 'not_equals', '1.2', true],
  ])('%s %s %j: %j', (value, op, limit, result) => {
    expect(has(version(op, limit), { app_version: value })).toBe(result);
  });
});
