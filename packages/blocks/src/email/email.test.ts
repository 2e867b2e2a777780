import { describe, expect, test } from 'vitest';
import type { JsonObject } from '@perennial/conditions';
import type { MessageSettings } from '../message-block/define-message-block.ts';
import type { SendAnswer, SendWish } from '../step.ts';
import { aContext, aRun, aVisit } from '../test-step.ts';
import { emailBlock } from './block.ts';
import { emailStep } from './step.ts';

const settings = emailBlock.settings.parse({
  message: '7',
  transactional: true,
  data: { order: { $event: 'order.id' }, steps: [1, { $contact: 'custom.goal' }] },
});

async function outcomeFor(
  answer: SendAnswer,
  of: MessageSettings = settings,
  { results = {}, waited = false }: { results?: JsonObject; waited?: boolean } = {},
) {
  const wishes: SendWish[] = [];
  const context = aContext({
    fields: { 'custom.goal': 'run' },
    decideSends: async (asked) => {
      wishes.push(...asked);
      return [answer];
    },
  });
  const run = aRun({ trigger: { params: { order: { id: 'A1' } } }, results });
  const [outcome] = await emailStep([aVisit(of, { run, waited })], context);
  return { outcome, wish: wishes[0]! };
}

describe('e-mail', () => {
  const reasons = [{ gate: 'address', passed: true }];

  test('asks for its message with the data of this moment and goes on', async () => {
    const { outcome, wish } = await outcomeFor({ sendId: 5, decision: 'sent', reasons });
    expect(wish).toMatchObject({
      messageId: 7,
      channel: 'email',
      transactional: true,
      block: 'b1',
      data: { order: 'A1', steps: [1, 'run'] },
    });
    expect(outcome).toMatchObject({
      kind: 'next',
      exit: 'next',
      result: { send: '5', decision: 'sent' },
      decidedBy: { send: '5', reasons },
    });
  });

  test('rests as long as the send is held', async () => {
    const { outcome } = await outcomeFor({ sendId: 5, decision: 'held', holdUntil: 99, reasons });
    expect(outcome).toMatchObject({ kind: 'wait', until: 99 });
  });

  test('fails with the reason of the gate that refused', async () => {
    const { outcome } = await outcomeFor({
      sendId: 5,
      decision: 'refused',
      reason: 'unsubscribed',
      reasons,
    });
    expect(outcome).toMatchObject({
      kind: 'fail',
      reason: 'unsubscribed',
      decidedBy: { decision: 'refused' },
    });
  });

  test('asks for its own hours, life and priority', async () => {
    const own = emailBlock.settings.parse({
      message: '7',
      send_hours: { from: '09:00', to: '21:00' },
      ttl: { n: 2, unit: 'hour' },
      priority: 'high',
    });
    const { wish } = await outcomeFor({ sendId: 5, decision: 'sent', reasons }, own);
    expect(wish.terms).toEqual({
      send_hours: { from: '09:00', to: '21:00' },
      ttl: { n: 2, unit: 'hour' },
      priority: 'high',
    });
  });

  test('goes on with the send that it waited for, and only after it waited', async () => {
    const results = { b1: { send: '5', decision: 'held' } };
    const answer = { sendId: 5, decision: 'sent', reasons } as const;
    const { wish } = await outcomeFor(answer, settings, { results, waited: true });
    expect(wish.heldSendId).toBe(5);
    const again = await outcomeFor(answer, settings, { results, waited: false });
    expect(again.wish.heldSendId).toBeUndefined();
  });

  test.each([
    ['send_hours', { send_hours: { from: '9', to: '21:00' } }],
    ['send_hours', { send_hours: { from: '09:00', to: '09:00' } }],
    ['ttl', { ttl: { n: 31, unit: 'day' } }],
    ['priority', { priority: 'urgent' }],
  ])('refuses %s %j', (member, wrong) => {
    const parsed = emailBlock.settings.safeParse({ message: '7', ...wrong });
    expect(parsed.error?.issues[0]?.path[0]).toBe(member);
  });
});
