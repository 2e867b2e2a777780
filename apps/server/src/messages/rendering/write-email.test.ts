import { wholeMail } from '@perennial/channels/providers';
import { expect, test } from 'vitest';
import { createEmailFinisher, type EmailToFinish } from './finish-email.ts';

const finish = createEmailFinisher();

const email: EmailToFinish = {
  content: { subject: 'Hi', html: '<p>Hi</p>', text: 'Hi' },
  address: 'ann@home.example',
  messageId: '16_0123456789abcdef@shop.example',
  mailing: { from: 'Shop <hi@shop.example>' },
  now: new Date('2026-03-02T10:00:00Z'),
  listId: '<shop.news.example>',
  deliveryId: 42,
};

test('an address for bounces names the delivery, and the reader sees the sender', async () => {
  const mailing = { ...email.mailing, bounceAddress: 'bounces@mail.shop.example' };
  const finished = finish({ ...email, mailing });
  expect(finished).toMatchObject({
    mail: { from: 'bounces+16_0123456789abcdef@mail.shop.example', to: 'ann@home.example' },
  });
  const raw = 'mail' in finished ? wholeMail(finished.mail.raw).toString() : '';
  expect(raw).toMatch(/^From: Shop <hi@shop.example>\r$/m);
});

test('without one, bounces go to the sender', async () => {
  expect(finish(email)).toMatchObject({ mail: { from: 'hi@shop.example' } });
});

test('a provider that composes messages itself gets the parts, with the same headers', async () => {
  const mailing = { ...email.mailing, takes: 'parts' as const };
  const unsubscribeUrl = 'https://news.example/u/token';
  expect(finish({ ...email, mailing, unsubscribeUrl })).toEqual({
    parts: expect.objectContaining({
      from: { name: 'Shop', address: 'hi@shop.example' },
      subject: 'Hi',
      messageId: email.messageId,
      headers: {
        'List-Id': '<shop.news.example>',
        'List-Unsubscribe': '<https://news.example/u/token>',
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
        'X-Delivery': '16_0123456789abcdef',
      },
    }),
  });
});
