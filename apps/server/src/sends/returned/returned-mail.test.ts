import { createTransport } from 'nodemailer';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { inTransaction } from '../../db/index.ts';
import { testDatabase } from '../../db/test-database.ts';
import { decodeStamped } from '../../inbox/index.ts';
import { createSecretBox } from '../../secret/index.ts';
import { initialiseInstallation } from '../../slots/index.ts';
import { applyDeliveries } from '../apply-deliveries.ts';
import { decideSends } from '../decide-sends.ts';
import { createDeliveryKeys } from '../senders/delivery-key.ts';
import { createWorld, NOW, requestFor, TEST_SLOTS } from '../test-world.ts';
import { listenForMail } from './listen-for-mail.ts';
import type { TakenMail } from './take-returned-mail.ts';

const { pool } = await testDatabase();
await initialiseInstallation(pool, { slots: TEST_SLOTS, now: NOW });
const world = createWorld(pool);
const workspaceId = await world.workspace();
const messageId = await world.message({ workspaceId });
const keys = createDeliveryKeys(createSecretBox('the secret of all tests, which is no secret'));
await pool.query(
  `insert into providers (workspace_id, channel, kind, name, settings, enabled, position, created_at, updated_at)
   values ($1, 'email', 'smtp', 'Mail', $2, true, 0, $3, $3)`,
  [workspaceId, { bounce_address: 'Bounces@mail.example.com' }, NOW],
);

const taken: TakenMail[] = [];
const listener = await listenForMail({
  pool,
  keys,
  slots: TEST_SLOTS,
  host: '127.0.0.1',
  port: 0,
  clock: () => NOW,
  onTaken: (outcome) => taken.push(outcome),
  onError: (cause) => {
    throw cause;
  },
});
const mailServer = createTransport({ host: '127.0.0.1', port: listener.port, ignoreTLS: true });
afterAll(async () => {
  mailServer.close();
  await listener.stop();
});

let email: string;
let contactId: number;
let people = 0;

beforeEach(async () => {
  taken.length = 0;
  people += 1;
  email = `p${people}@example.net`;
  contactId = await world.contact({ workspaceId, email });
});

/** A message that its server took. */
async function sent(): Promise<number> {
  const request = requestFor({ workspaceId, contactId, messageId });
  const [decision] = await inTransaction(pool, (tx) =>
    decideSends(tx, { requests: [request], now: NOW }),
  );
  const { rows } = await pool.query<{ id: number }>(
    `update deliveries set state = 'accepted', status = 'sent', due_at = null
      where send_id = $1 returning id`,
    [decision!.sendId],
  );
  return rows[0]!.id;
}

function returnAddress(deliveryId: number): string {
  return `bounces+${keys.of(deliveryId)}@mail.example.com`;
}

/** What stands in the slots' queues is applied, as a worker would. */
async function applied(): Promise<void> {
  const { rows } = await pool.query<{ payload: Buffer }>(
    'delete from slot_queue returning payload',
  );
  const entries = rows
    .flatMap(({ payload }) => decodeStamped(payload))
    .flatMap(({ item, ...entry }) => (item.kind === 'delivery' ? [{ ...entry, item }] : []));
  await inTransaction(pool, (tx) => applyDeliveries(tx, { entries, slots: TEST_SLOTS, now: NOW }));
}

async function delivery(id: number) {
  const { rows } = await pool.query<Record<string, unknown>>(
    'select status, reason, bounce, provider_answer from deliveries where id = $1',
    [id],
  );
  return rows[0];
}

async function suppressions() {
  const { rows } = await pool.query<{ reason: string; details: string | null }>(
    'select reason, details from suppressions where address = $1 order by reason',
    [email],
  );
  return rows;
}

function bounce({ status = '5.1.1', said = '550 5.1.1 User unknown', copy = '' } = {}): string {
  return `From: MAILER-DAEMON@mx.example.net
Subject: Undelivered Mail Returned to Sender
Content-Type: multipart/report; report-type=delivery-status; boundary="part"

--part
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.net

Final-Recipient: rfc822; ${email}
Action: failed
Status: ${status}
Diagnostic-Code: smtp; ${said}

--part
Content-Type: text/rfc822-headers

Subject: Hi
${copy}
--part--
`;
}

function complaint(copy: string): string {
  return `From: feedback@loop.example.net
Subject: FW: Hi
Content-Type: multipart/report; report-type=feedback-report; boundary="part"

--part
Content-Type: message/feedback-report

Feedback-Type: abuse
User-Agent: Loop/1.0
Version: 1

--part
Content-Type: message/rfc822

From: news@mail.example.com
${copy}

Hi
--part--
`;
}

/** Arrives with the null sender, as RFC 5321 §4.5.5 demands of reports. */
function arrives(to: string, raw: string): Promise<unknown> {
  return mailServer.sendMail({ envelope: { from: '', to }, raw: raw.replace(/\n/g, '\r\n') });
}

describe('a bounce', () => {
  test('of an address that does not exist suppresses it and tells the delivery', async () => {
    const id = await sent();
    await arrives(returnAddress(id), bounce());
    expect(taken).toEqual(['told']);
    expect(await suppressions()).toEqual([
      { reason: 'bounced', details: '550 5.1.1 User unknown' },
    ]);
    await applied();
    expect(await delivery(id)).toEqual({
      status: 'undelivered',
      reason: 'address unknown',
      bounce: 'dead',
      provider_answer: '550 5.1.1 User unknown',
    });
  });

  test('finds its delivery by our own header when the provider replaced the Message-ID', async () => {
    const id = await sent();
    const copy = `Message-ID: <0102-a-000000@eu-central-1.amazonses.com>\nX-Delivery: ${keys.of(id)}\n`;
    await arrives('bounces@mail.example.com', bounce({ copy }));
    await applied();
    expect(await delivery(id)).toMatchObject({ status: 'undelivered' });
  });

  test('finds its delivery by the Message-ID when the address lost its key', async () => {
    const id = await sent();
    const copy = `Message-ID: <${keys.of(id)}@mail.example.com>\n`;
    await arrives('bounces@mail.example.com', bounce({ copy }));
    await applied();
    expect((await delivery(id))!['status']).toBe('undelivered');
  });

  test('in capital letters finds its delivery too', async () => {
    const id = await sent();
    await arrives(returnAddress(id).toUpperCase(), bounce());
    expect(taken).toEqual(['told']);
  });

  test('of a full mailbox blocks it once, however often the report comes', async () => {
    const id = await sent();
    const full = bounce({ status: '5.2.2', said: '552 5.2.2 Over quota' });
    await arrives(returnAddress(id), full);
    await applied();
    await pool.query(`update suppressions set until = $1 where reason = 'blocked'`, [NOW]);
    await arrives(returnAddress(id), full);
    const { rows } = await pool.query('select strikes from suppressions where address = $1', [
      email,
    ]);
    expect(rows).toEqual([{ strikes: 1 }]);
  });

  test('that is about the message says nothing about the address', async () => {
    const policy = bounce({ status: '5.7.1', said: '550 5.7.1 Looks like spam' });
    for (let i = 0; i < 6; i += 1) await arrives(returnAddress(await sent()), policy);
    await applied();
    expect(await suppressions()).toEqual([]);
  });

  test('after a click is no news', async () => {
    const id = await sent();
    await pool.query(`update deliveries set status = 'clicked' where id = $1`, [id]);
    await arrives(returnAddress(id), bounce());
    await applied();
    expect((await delivery(id))!['status']).toBe('clicked');
  });
});

describe('unclear bounces', () => {
  const unclear = (): string => bounce({ status: '5.0.0', said: '550 No' });

  /** Messages one after another, and what became of each. */
  async function outcomes(...list: ('bounce' | 'delivered' | 'policy')[]): Promise<void> {
    for (const outcome of list) {
      const id = await sent();
      if (outcome === 'delivered') continue;
      await arrives(
        returnAddress(id),
        outcome === 'bounce' ? unclear() : bounce({ status: '5.7.1', said: '550 5.7.1 Spam' }),
      );
      await applied();
    }
  }

  test('suppress an address at the fifth in a row', async () => {
    await outcomes('bounce', 'bounce', 'bounce', 'bounce');
    expect(await suppressions()).toEqual([]);
    await outcomes('bounce');
    expect(await suppressions()).toEqual([
      { reason: 'bounced', details: '5 messages in a row came back' },
    ]);
  });

  test('begin anew after a message that arrived', async () => {
    const four = ['bounce', 'bounce', 'bounce', 'bounce'] as const;
    await outcomes(...four, 'delivered', ...four);
    expect(await suppressions()).toEqual([]);
  });

  test('go on over a message that was refused for itself', async () => {
    await outcomes('bounce', 'bounce', 'policy', 'bounce', 'bounce', 'bounce');
    expect(await suppressions()).toHaveLength(1);
  });

  test('count in the order of sending, whatever the order of coming back', async () => {
    const ids: number[] = [];
    for (let i = 0; i < 5; i += 1) ids.push(await sent());
    for (const i of [4, 1, 3, 0]) await arrives(returnAddress(ids[i]!), unclear());
    await applied();
    expect(await suppressions()).toEqual([]);
    await arrives(returnAddress(ids[2]!), unclear());
    await applied();
    expect(await suppressions()).toHaveLength(1);
  });

  test('count once, however often one comes', async () => {
    const id = await sent();
    for (let i = 0; i < 6; i += 1) await arrives(returnAddress(id), unclear());
    await applied();
    expect(await suppressions()).toEqual([]);
  });
});

describe('a complaint', () => {
  test('suppresses the address of the delivery whose copy it carries', async () => {
    const id = await sent();
    const copy = `Message-ID: <${keys.of(id)}@mail.example.com>`;
    await arrives('bounces@mail.example.com', complaint(copy));
    expect(await suppressions()).toEqual([{ reason: 'complained', details: 'abuse' }]);
    await applied();
    expect((await delivery(id))!['status']).toBe('complained');
  });
});

describe('the listener', () => {
  test('relays nothing', async () => {
    await expect(arrives('somebody@else.example', 'Subject: Hi\n\nHi')).rejects.toThrow(/5\.1\.1/);
    await expect(
      arrives('bounces+1_0000000000000000@mail.example.com', 'Subject: Hi\n\nHi'),
    ).rejects.toThrow(/5\.1\.1/);
  });

  test("takes a person's answer, and hears nothing in it", async () => {
    const id = await sent();
    await arrives(returnAddress(id), 'From: ann@example.net\nSubject: Re: Hi\n\nThank you!');
    expect(taken).toEqual(['nothing']);
    expect((await delivery(id))!['status']).toBe('sent');
  });

  test('lets nobody speak for a delivery whose key he cannot know', async () => {
    const id = await sent();
    const guess = keys.of(id).replace(/.$/, (end) => (end === '0' ? '1' : '0'));
    const copy = `Message-ID: <${guess}@mail.example.com>\n`;
    await arrives('bounces@mail.example.com', bounce({ copy }));
    expect(taken).toEqual(['unknown']);
    expect(await suppressions()).toEqual([]);
  });

  test('hears nothing of a delivery that was erased', async () => {
    const id = await sent();
    await pool.query('delete from deliveries where id = $1', [id]);
    await arrives(returnAddress(id), bounce());
    expect(taken).toEqual(['gone']);
    expect(await suppressions()).toEqual([]);
  });

  test('refuses what is too large', async () => {
    const id = await sent();
    const large = `Subject: Hi\n\n${'x'.repeat(990).concat('\n').repeat(10_300)}`;
    await expect(arrives(returnAddress(id), large)).rejects.toThrow(/too large|exceeds/i);
  });
});
