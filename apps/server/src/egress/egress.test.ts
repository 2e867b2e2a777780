import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Socket } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createAddressRules } from './allowed-address.ts';
import { createEgress, type EgressOptions } from './create-egress.ts';

const LOOPBACK = ['127.0.0.0/8'];

function egress(options: Partial<EgressOptions> = {}) {
  const made = createEgress({ allow: LOOPBACK, ...options });
  onTestFinished(() => made.close());
  return made;
}

async function listen(server: Server | ReturnType<typeof createTcpServer>): Promise<string> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', () => done()));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function site(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return listen(server);
}

async function tcpSite(onSocket: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    sockets.add(socket.on('error', () => {}));
    onSocket(socket);
  });
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return listen(server);
}

const get = (url: string, timeoutMs = 2_000) =>
  ({ method: 'GET', url, headers: {}, timeoutMs }) as const;

describe('an address', () => {
  const { allows } = createAddressRules([]);

  test.each([
    '127.0.0.1',
    '0.0.0.0',
    '10.1.2.3',
    '172.16.0.1',
    '192.168.1.1',
    '100.100.100.200',
    '169.254.169.254',
    '192.0.0.192',
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    '::',
    'fe80::1',
    'fc00::1',
    'fd00:ec2::254',
    '::ffff:127.0.0.1',
    '::ffff:a9fe:a9fe',
    '64:ff9b::a9fe:a9fe',
    '2002:7f00:1::',
    'not an address',
  ])('%s is closed', (address) => {
    expect(allows(address)).toBe(false);
  });

  test.each(['8.8.8.8', '2606:4700:4700::1111'])('%s is open', (address) => {
    expect(allows(address)).toBe(true);
  });

  test('that the operator names is open, also by its range', () => {
    const { allows: open } = createAddressRules(['10.0.0.0/8', '::1', '192.168.7.7']);
    expect(['10.9.9.9', '::1', '192.168.7.7', '::ffff:10.0.0.1'].map(open)).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(['192.168.7.8', '127.0.0.1'].map(open)).toEqual([false, false]);
  });

  test.each(['127.1', 'localhost', '10.0.0.0/40', ''])('"%s" cannot be named', (text) => {
    expect(() => createAddressRules([text])).toThrow();
  });
});

describe('a request', () => {
  test('to a closed address is never made, however it is written', async () => {
    let calls = 0;
    const url = await site((_, response) => {
      calls += 1;
      response.end();
    });
    const { port } = new URL(url);
    const { send } = egress({ allow: [] });
    const hosts = ['127.0.0.1', '2130706433', '0x7f.1', '[::ffff:127.0.0.1]', 'localhost'];
    for (const host of hosts) {
      expect(await send(get(`http://${host}:${port}/`))).toMatchObject({
        kind: 'forbidden',
        problem: expect.stringContaining('PERENNIAL_ALLOW_EGRESS'),
      });
    }
    expect(calls).toBe(0);
  });

  test('to a name that leads to a closed address, among others, is never made', async () => {
    const { send } = egress({
      allow: [],
      resolve: (_, done) =>
        done(null, [
          { address: '93.184.215.14', family: 4 },
          { address: '169.254.169.254', family: 4 },
        ]),
    });
    expect(await send(get('http://rebind.example/'))).toMatchObject({
      kind: 'forbidden',
      problem: expect.stringContaining('169.254.169.254'),
    });
  });

  test('connects to the address that was checked', async () => {
    const url = await site((request, response) => response.end(request.headers.host));
    let asked = 0;
    const { send } = egress({
      resolve: (_, done) => {
        asked += 1;
        done(null, [{ address: '127.0.0.1', family: 4 }]);
      },
    });
    const answered = await send(get(`http://pinned.example:${new URL(url).port}/`));
    expect(answered).toMatchObject({
      kind: 'answered',
      answer: { status: 200, body: `pinned.example:${new URL(url).port}` },
    });
    expect(asked).toBe(1);
  });

  test('does not follow a redirect', async () => {
    let calls = 0;
    const url = await site((_, response) => {
      calls += 1;
      response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data' }).end();
    });
    expect(await egress().send(get(url))).toMatchObject({
      kind: 'answered',
      answer: { status: 302 },
    });
    expect(calls).toBe(1);
  });

  test('to a port where nobody listens was not handed over', async () => {
    const url = await site(() => {});
    const { port } = new URL(url);
    const { send } = egress();
    const nobody = await new Promise<number>((done) => {
      const server = createTcpServer().listen(0, '127.0.0.1', () => {
        const { port: free } = server.address() as AddressInfo;
        server.close(() => done(free));
      });
    });
    expect(nobody).not.toBe(Number(port));
    expect(await send(get(`http://127.0.0.1:${nobody}/`))).toMatchObject({ kind: 'unreached' });
  });

  test('to a name that nobody has was not handed over', async () => {
    expect(await egress().send(get('http://nobody.invalid/'))).toMatchObject({ kind: 'unreached' });
  });

  test('whose connection drops after it was written is lost', async () => {
    const url = await tcpSite((socket) => socket.once('data', () => socket.destroy()));
    expect(await egress().send(get(url))).toMatchObject({ kind: 'lost' });
  });

  test('whose answer stops halfway is lost', async () => {
    const url = await tcpSite((socket) =>
      socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf')),
    );
    expect(await egress().send(get(url))).toMatchObject({ kind: 'lost' });
  });

  test('that is answered with something else than HTTP is lost', async () => {
    const url = await tcpSite((socket) =>
      socket.once('data', () => socket.end('220 mail ESMTP\r\n')),
    );
    expect(await egress().send(get(url))).toMatchObject({ kind: 'lost' });
  });

  test('that nobody answers is lost when its time is over', async () => {
    const url = await tcpSite(() => {});
    expect(await egress().send(get(url, 150))).toEqual({
      kind: 'lost',
      problem: 'No answer within 150 ms.',
    });
  });

  test('whose answer trickles for ever is lost when its time is over', async () => {
    const url = await site((_, response) => {
      const drip = setInterval(() => response.write('.'), 10);
      response.on('close', () => clearInterval(drip));
    });
    expect(await egress().send(get(url, 200))).toMatchObject({ kind: 'lost' });
  });

  test('reads no more of an endless answer than it needs', async () => {
    let written = 0;
    const block = Buffer.alloc(64 * 1_024, 'x');
    const gone = Promise.withResolvers<void>();
    const url = await site((_, response) => {
      const fill = (): void => {
        while (!response.destroyed && response.write(block)) written += block.length;
      };
      response.on('drain', fill).on('close', () => gone.resolve());
      fill();
    });
    const outcome = await egress({ answerBytes: 100_000 }).send(get(url));
    expect(outcome).toMatchObject({ kind: 'answered', answer: { status: 200, cut: true } });
    expect(outcome.kind === 'answered' && outcome.answer.body).toHaveLength(100_000);
    await gone.promise;
    expect(written).toBeLessThan(50_000_000);
  });

  test('keeps its connection for those that follow', async () => {
    const sockets = new Set<Socket>();
    const url = await site((request, response) => {
      sockets.add(request.socket);
      response.end('ok');
    });
    const { send } = egress();
    for (let i = 0; i < 8; i += 1) await send(get(url));
    // The next call may come a moment before the connection counts as free.
    expect(sockets.size).toBeLessThanOrEqual(2);
  });
});
