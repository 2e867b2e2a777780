import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import dnsPacket, { type Answer, type Packet } from 'dns-packet';

/** What a zone says at a name, by type; a TXT record is a text or the strings that it is split into. */
export interface Zone {
  TXT?: (string | Buffer | (string | Buffer)[])[];
  MX?: { exchange: string; preference: number }[];
  A?: string[];
}

/** How the server departs from answering. */
export type DnsDeparture = 'servfail' | 'refused' | 'silent' | 'garbage';

export interface TestDnsServer {
  /** For `createDns`. */
  servers: string[];
  zones: Record<string, Zone>;
  /** By name. */
  departures: Record<string, DnsDeparture>;
  /** Questions as `TYPE NAME`, in the order in which they came; `tcp` where the first try did not fit. */
  asked: string[];
  close(): void;
}

/** RFC 1035 §4.2.1, when nobody offers more. */
const UDP_BYTES = 512;

const SERVFAIL = 2;
const NXDOMAIN = 3;
const REFUSED = 5;
const AUTHORITATIVE = 1 << 10;
const TRUNCATED = 1 << 9;

/** A name server on loopback that speaks DNS over UDP and TCP, and cuts what does not fit into UDP. */
export async function startDnsServer(zones: Record<string, Zone> = {}): Promise<TestDnsServer> {
  const server: TestDnsServer = {
    servers: [],
    zones,
    departures: {},
    asked: [],
    close() {
      udp.close();
      for (const socket of sockets) socket.destroy();
      tcp.close();
    },
  };

  function answer(query: Packet, transport: 'udp' | 'tcp'): Buffer | undefined {
    const [question] = query.questions ?? [];
    if (!question) return undefined;
    const name = question.name.toLowerCase();
    server.asked.push(`${transport === 'tcp' ? 'tcp ' : ''}${question.type} ${name}`);
    const departure = server.departures[name];
    if (departure === 'silent') return undefined;
    if (departure === 'garbage') return Buffer.from('no answer of DNS');
    const code =
      departure === 'servfail' ? SERVFAIL : departure === 'refused' ? REFUSED : undefined;
    const zone = server.zones[name];
    const answers = zone && code === undefined ? answersOf(name, question.type, zone) : [];
    const flags = AUTHORITATIVE | (code ?? (zone ? 0 : NXDOMAIN));
    const common = { type: 'response' as const, id: query.id ?? 0, questions: [question] };
    const whole = dnsPacket.encode({ ...common, flags, answers });
    if (transport === 'tcp' || whole.length <= UDP_BYTES) return whole;
    return dnsPacket.encode({ ...common, flags: flags | TRUNCATED, answers: [] });
  }

  const udp = createSocket('udp4');
  udp.on('message', (bytes, from) => {
    const reply = answer(dnsPacket.decode(bytes), 'udp');
    if (reply) udp.send(reply, from.port, from.address);
  });
  const sockets = new Set<Socket>();
  const tcp = createServer((socket) => {
    sockets.add(socket);
    let waiting = Buffer.alloc(0);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    socket.on('data', (chunk: Buffer) => {
      waiting = Buffer.concat([waiting, chunk]);
      while (waiting.length >= 2 && waiting.length >= 2 + waiting.readUInt16BE(0)) {
        const length = waiting.readUInt16BE(0);
        const reply = answer(dnsPacket.decode(waiting.subarray(2, 2 + length)), 'tcp');
        waiting = waiting.subarray(2 + length);
        if (reply) socket.write(Buffer.concat([lengthOf(reply), reply]));
      }
    });
  });
  tcp.listen(0, '127.0.0.1');
  await once(tcp, 'listening');
  const { port } = tcp.address() as AddressInfo;
  udp.bind(port, '127.0.0.1');
  await once(udp, 'listening');
  server.servers = [`127.0.0.1:${port}`];
  return server;
}

function lengthOf({ length }: Buffer): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(length);
  return bytes;
}

function answersOf(name: string, type: string, zone: Zone): Answer[] {
  const common = { name, ttl: 0, class: 'IN' as const };
  switch (type) {
    case 'TXT':
      return (zone.TXT ?? []).map((text) => ({ ...common, type: 'TXT', data: inStrings(text) }));
    case 'MX':
      return (zone.MX ?? []).map((data) => ({ ...common, type: 'MX', data }));
    case 'A':
      return (zone.A ?? []).map((data) => ({ ...common, type: 'A', data }));
    default:
      return [];
  }
}

/** RFC 1035 §3.3.14: a string has at most 255 bytes. */
function inStrings(text: string | Buffer | (string | Buffer)[]): (string | Buffer)[] {
  if (Array.isArray(text)) return text;
  const bytes = Buffer.from(text as string);
  const parts = Array.from({ length: Math.ceil(bytes.length / 255) }, (_, i) =>
    bytes.subarray(i * 255, (i + 1) * 255),
  );
  return parts.length > 0 ? parts : [''];
}
