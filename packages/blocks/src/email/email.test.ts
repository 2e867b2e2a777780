import { describe, expect, test } from 'vitest';
import type { SendAnswer, SendWish } from '../step.ts';
import { aContext, aRun, aVisit } from '../test-step.ts';
import { emailBlock } from './block.ts';
import { emailStep } from './step.ts';

const settings = emailBlock.settings.parse({
  message: '7',
  transactional: true,
  data: { order: { $event: 'order.id' }, steps: [1, { $contact: 'custom.goal' }] },
});

async function outcomeFor(answer: SendAnswer) {
  const wishes: SendWish[] = [];
  const context = aContext({
    fields: { 'custom.goal': 'run' },
    decideSends: async (asked) => {
      wishes.push(...asked);
      return [answer];
    },
  });
  const run = aRun({ trigger: { params: { order: { id: 'A1' } } } });
  const [outcome] = await emailStep([aVisit(settings, { run })], context);
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

  test('says that send hours are not honoured yet', () => {
    const problems = emailBlock.problems!(
      emailBlock.settings.parse({ message: '7', send_hours: 'workspace' }),
    );
    expect(problems.map((problem) => problem.path)).toEqual(['/send_hours']);
  });
});
