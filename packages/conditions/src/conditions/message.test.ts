import { describe, expect, test } from 'vitest';
import { checkNode } from '../check/check-definition.ts';
import { compileRule } from '../evaluate/compile-rule.ts';
import type { Facts, MessageFact } from '../facts.ts';
import { fieldCatalogue } from '../fields.ts';

const NOW = Date.UTC(2026, 9, 14, 9, 30);
const DAY = 86_400_000;
const fields = fieldCatalogue({});

const fact = (
  action: string,
  send: string,
  {
    days = 1,
    machine = false,
    ...params
  }: { days?: number; machine?: boolean } & Record<
    string,
    string | number | boolean | string[]
  > = {},
): MessageFact => ({
  event: action,
  occurredAt: NOW - days * DAY,
  send,
  machine,
  params: { channel: 'email', message: '7', tag: [], opened: false, clicked: false, ...params },
});

function judge(rest: object, ...messages: MessageFact[]) {
  const checked = checkNode({ type: 'message', period: { kind: 'ever' }, ...rest }, { fields });
  if (!checked.ok) throw new Error(JSON.stringify(checked.issues));
  const facts: Facts = {
    now: NOW,
    workspaceZone: 'UTC',
    fields: {},
    events: new Map(),
    messages: Map.groupBy(messages, ({ event }) => event),
  };
  return compileRule(checked.value, { fields }).judge(facts);
}

const count = (op: string, value: number) => ({ measure: { kind: 'count', op, value } });
const lastDays = (n: number) => ({ period: { kind: 'last', n, unit: 'day' } });

describe('what happened to messages', () => {
  test.each<[string, object, MessageFact[], boolean]>([
    ['no messages', { action: 'sent' }, [], false],
    ['one that was sent', { action: 'sent' }, [fact('sent', '1')], true],
    ['one that was sent was not opened', { action: 'opened' }, [fact('sent', '1')], false],
    [
      'three devices of one send count once',
      { action: 'delivered', ...count('equals', 1) },
      [fact('delivered', '1'), fact('delivered', '1'), fact('delivered', '1')],
      true,
    ],
    [
      'two sends count twice',
      { action: 'opened', ...count('equals', 2) },
      [fact('opened', '1'), fact('opened', '2'), fact('opened', '1')],
      true,
    ],
    [
      'opens by machines do not count',
      { action: 'opened' },
      [fact('opened', '1', { machine: true })],
      false,
    ],
    [
      'unless they are asked for',
      { action: 'opened', machine: true },
      [fact('opened', '1', { machine: true })],
      true,
    ],
    [
      'delivered and not opened',
      { action: 'delivered', where: { param: 'opened', op: 'equals', value: false } },
      [fact('delivered', '1', { opened: true })],
      false,
    ],
    [
      'by a tag',
      { action: 'sent', where: { param: 'tag', op: 'has_any', value: ['sale'] } },
      [fact('sent', '1', { tag: ['news', 'sale'] })],
      true,
    ],
    [
      'by the beginning of some tag',
      { action: 'sent', where: { param: 'tag[]', op: 'starts_with', value: 'sa' } },
      [fact('sent', '1', { tag: ['news', 'sale'] })],
      true,
    ],
    [
      'by another channel',
      { action: 'sent', where: { param: 'channel', op: 'equals', value: 'sms' } },
      [fact('sent', '1')],
      false,
    ],
    [
      'the streak of sends a day counts sends',
      {
        action: 'opened',
        measure: { kind: 'streak', each: { kind: 'count', op: 'equals', value: 1 } },
        period: { kind: 'previous', n: 2, unit: 'day' },
      },
      [fact('opened', '1'), fact('opened', '1'), fact('opened', '2', { days: 2 })],
      true,
    ],
  ])('%s', (_case, rest, messages, result) => {
    expect(judge(rest, ...messages).result).toBe(result);
  });

  test('a send leaves the period with the last of what happened to it', () => {
    const opens = [
      fact('opened', '1', { days: 3 }),
      fact('opened', '2', { days: 2 }),
      fact('opened', '1', { days: 1 }),
    ];
    const rest = { action: 'opened', ...count('greater_or_equal', 2), ...lastDays(9) };
    expect(judge(rest, ...opens)).toEqual({ result: true, changesAt: NOW + 7 * DAY });
  });
});
