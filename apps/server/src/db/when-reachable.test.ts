import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { whenReachable } from './when-reachable.ts';

/** What a server says to who asks for a session: a message of PostgreSQL's protocol. */
function message(type: string, body: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length + 4);
  return Buffer.concat([Buffer.from(type), length, body]);
}

function refusal(state: string, text: string): Buffer {
  return message('E', Buffer.from(`SFATAL\0C${state}\0M${text}\0\0`));
}

const STARTING = refusal('57P03', 'the database system is starting up');
const WRONG_PASSWORD = refusal('28P01', 'password authentication failed');
const WELCOME = Buffer.concat([message('R', Buffer.alloc(4)), message('Z', Buffer.from('I'))]);

const servers: { close(): void }[] = [];
afterEach(() => servers.splice(0).forEach((server) => server.close()));

/** A server that answers one after the other who knocks, the last answer for ever. */
async function answering(...answers: Buffer[]): Promise<{ url: string; knocks: () => number }> {
  let knocks = 0;
  const server = createServer((socket) => {
    const answer = answers[Math.min(knocks, answers.length - 1)]!;
    knocks += 1;
    socket.once('data', () => {
      socket.write(answer);
      if (answer !== WELCOME) socket.end();
    });
    socket.on('error', () => {});
  }).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { url: `postgresql://ada@127.0.0.1:${port}/perennial`, knocks: () => knocks };
}

test('a database that starts up is waited for, and that is told once', async () => {
  const { url, knocks } = await answering(STARTING, STARTING, WELCOME);
  const told: string[] = [];
  await whenReachable(url, { onWait: ({ message: why }) => told.push(why) });
  expect(knocks()).toBe(3);
  expect(told).toEqual(['the database system is starting up']);
});

test('one that refuses is not', async () => {
  const { url, knocks } = await answering(WRONG_PASSWORD, WELCOME);
  await expect(whenReachable(url)).rejects.toThrow('password authentication failed');
  expect(knocks()).toBe(1);
});

test('one that does not start in time is given up with its reason', async () => {
  const { url } = await answering(STARTING);
  await expect(whenReachable(url, { patienceMs: 300 })).rejects.toThrow('starting up');
});
