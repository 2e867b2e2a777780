import { expect, test } from 'vitest';
import { createRecipientTokens, recipientTokenKey } from '../../../messages/index.ts';
import { PUBLIC_URL } from '../../../sends/senders/test-senders.ts';
import { testRest } from '../test-rest.ts';

const { box, newWorkspace, call } = await testRest();
const tokens = createRecipientTokens(recipientTokenKey(box));

async function made(key: string, channel: string, body: object): Promise<number> {
  const answer = await call(`POST /v1/messages/${channel}`, { key, body: { name: 'M', ...body } });
  expect(answer.status).toBe(200);
  return (answer.body as { id: number }).id;
}

test('an e-mail has a link to its page, and nobody else’s message has', async () => {
  const { id: workspaceId, key } = await newWorkspace();
  const mail = await made(key, 'email', { from: 'a@b.example', subject: 'S', htmlText: '<p>Hi' });
  const { body } = await call(`GET /v1/messages/email/${mail}/viewLink`, { key });
  const { link } = body as { link: string };
  expect(link.startsWith(`${PUBLIC_URL}/m/`)).toBe(true);
  expect(tokens.open(link.slice(`${PUBLIC_URL}/m/`.length))).toMatchObject({
    kind: 'message',
    workspaceId,
    contactId: 0,
    deliveryId: mail,
  });
  const sms = await made(key, 'sms', { from: 'A', text: 'Hi' });
  expect((await call(`GET /v1/messages/email/${sms}/viewLink`, { key })).status).toBe(404);
  const other = await newWorkspace();
  const foreign = await call(`GET /v1/messages/email/${mail}/viewLink`, { key: other.key });
  expect(foreign.status).toBe(404);
});
