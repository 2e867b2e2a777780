import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';

export interface TestMail {
  uid: number;
  raw: Buffer;
  flags: Set<string>;
}

export interface TestFolder {
  uidValidity: number;
  uidNext: number;
  mails: TestMail[];
}

export interface TestImapServer {
  port: number;
  /** By name. */
  folders: Map<string, TestFolder>;
  user: string;
  password: string;
  /** What XOAUTH2 takes, where it is among the capabilities. */
  token: string | undefined;
  /** Commands as they came, without their tag: `UID FETCH 3 (...)`. Log-ins are not kept. */
  commands: string[];
  /** What the server can beyond the basics; without IDLE and MOVE clients have to help themselves. */
  capabilities: Set<string>;
  /** Answers a command with NO and these words, or hangs up before (`drop`) or after doing it. */
  departures: Map<string, { no: string } | 'drop' | 'drop after'>;
  /** Puts mail into a folder, and tells who idles there. */
  deliver(raw: string, folder?: string): number;
  /** Resolves when somebody idles. */
  idling(): Promise<void>;
  connections(): number;
  close(): void;
}

/**
 * An IMAP server on loopback: RFC 3501 with UIDPLUS, IDLE (RFC 2177) and MOVE (RFC 6851), as far as
 * reading and tidying a mailbox takes. What it does not know is answered with BAD.
 */
export async function startImapServer(): Promise<TestImapServer> {
  const sessions = new Set<Session>();
  let idleListeners: (() => void)[] = [];
  const server: TestImapServer = {
    port: 0,
    folders: new Map([['INBOX', newFolder(1)]]),
    user: 'bounces',
    password: 'a good password',
    token: undefined,
    commands: [],
    capabilities: new Set(['IDLE', 'MOVE', 'UIDPLUS']),
    departures: new Map(),
    deliver(raw, name = 'INBOX') {
      const folder = server.folders.get(name)!;
      const uid = addMail(folder, Buffer.from(raw.replaceAll(/\r?\n/g, '\r\n'), 'latin1'));
      for (const session of sessions) session.tell(folder);
      return uid;
    },
    idling: () =>
      [...sessions].some((session) => session.isIdle())
        ? Promise.resolve()
        : new Promise((resolve) => idleListeners.push(resolve)),
    connections: () => sessions.size,
    close() {
      for (const session of sessions) session.end();
      tcp.close();
    },
  };
  const tcp = createServer((socket) => {
    const session = createSession(server, socket, () => {
      for (const listener of idleListeners) listener();
      idleListeners = [];
    });
    sessions.add(session);
    socket.on('close', () => sessions.delete(session));
  });
  tcp.listen(0, '127.0.0.1');
  await once(tcp, 'listening');
  server.port = (tcp.address() as AddressInfo).port;
  return server;
}

export function newFolder(uidValidity: number): TestFolder {
  return { uidValidity, uidNext: 1, mails: [] };
}

function addMail(folder: TestFolder, raw: Buffer, flags: Iterable<string> = []): number {
  const uid = folder.uidNext;
  folder.uidNext += 1;
  folder.mails.push({ uid, raw, flags: new Set(flags) });
  return uid;
}

interface Session {
  tell(folder: TestFolder): void;
  isIdle(): boolean;
  end(): void;
}

function createSession(server: TestImapServer, socket: Socket, onIdle: () => void): Session {
  let waiting = '';
  let idleTag: string | undefined;
  let folder: TestFolder | undefined;
  let loggedIn = false;
  const write = (line: string): void => {
    if (!socket.destroyed) socket.write(`${line}\r\n`, 'latin1');
  };
  const capability = (): string => ['IMAP4rev1', ...server.capabilities].join(' ');

  const acts: Record<string, (tag: string, words: string) => string> = {
    CAPABILITY: () => {
      write(`* CAPABILITY ${capability()}`);
      return 'OK done';
    },
    NOOP: () => {
      if (folder) write(`* ${folder.mails.length} EXISTS`);
      return 'OK done';
    },
    ID: () => {
      write('* ID NIL');
      return 'OK done';
    },
    LOGIN: (_tag, words) => {
      const [user, password] = stringsIn(words);
      if (user !== server.user || password !== server.password) {
        return 'NO [AUTHENTICATIONFAILED] Invalid credentials';
      }
      loggedIn = true;
      return `OK [CAPABILITY ${capability()}] logged in`;
    },
    AUTHENTICATE: (_tag, words) => {
      const [mechanism = '', initial = ''] = words.split(' ');
      const said = Buffer.from(initial, 'base64').toString();
      const wanted = `user=${server.user}\x01auth=Bearer ${server.token}\x01\x01`;
      if (mechanism !== 'XOAUTH2' || server.token === undefined || said !== wanted) {
        return 'NO [AUTHENTICATIONFAILED] Invalid credentials';
      }
      loggedIn = true;
      return `OK [CAPABILITY ${capability()}] logged in`;
    },
    LIST: (_tag, words) => {
      // The pattern "" asks for the delimiter only.
      const pattern = stringsIn(words)[1] ?? '*';
      if (pattern === '') write('* LIST (\\Noselect) "/" ""');
      for (const name of server.folders.keys()) {
        if (matches(name, pattern)) write(`* LIST (\\HasNoChildren) "/" "${name}"`);
      }
      return 'OK done';
    },
    LSUB: () => 'OK done',
    NAMESPACE: () => {
      write('* NAMESPACE (("" "/")) NIL NIL');
      return 'OK done';
    },
    STATUS: (_tag, words) => {
      const name = stringsIn(words)[0] ?? '';
      const found = server.folders.get(name);
      if (!found) return 'NO [NONEXISTENT] no such folder';
      write(`* STATUS "${name}" (MESSAGES ${found.mails.length})`);
      return 'OK done';
    },
    CREATE: (_tag, words) => {
      const name = stringsIn(words)[0] ?? '';
      if (server.folders.has(name)) return 'NO [ALREADYEXISTS] there is one';
      server.folders.set(name, newFolder(1));
      return 'OK done';
    },
    SUBSCRIBE: () => 'OK done',
    SELECT: (_tag, words) => {
      folder = server.folders.get(stringsIn(words)[0] ?? '');
      if (!folder) return 'NO [NONEXISTENT] no such folder';
      write('* FLAGS (\\Seen \\Deleted)');
      write(`* ${folder.mails.length} EXISTS`);
      write('* 0 RECENT');
      write('* OK [PERMANENTFLAGS (\\Seen \\Deleted \\*)] ok');
      write(`* OK [UIDVALIDITY ${folder.uidValidity}] ok`);
      write(`* OK [UIDNEXT ${folder.uidNext}] ok`);
      return 'OK [READ-WRITE] done';
    },
    'UID SEARCH': (_tag, words) => {
      const set = /UID (\S+)/i.exec(words)?.[1] ?? '1:*';
      write(
        `* SEARCH ${chosen(set)
          .map(({ uid }) => uid)
          .join(' ')}`.trimEnd(),
      );
      return 'OK done';
    },
    'UID FETCH': (_tag, words) => {
      for (const mail of chosen(words.split(' ')[0] ?? '')) {
        const most = Number(/<0\.(\d+)>/.exec(words)?.[1] ?? mail.raw.length);
        const part = mail.raw.subarray(0, most);
        const partial = part.length < mail.raw.length || /<0\./.test(words) ? '<0>' : '';
        write(`* ${seqOf(mail)} FETCH (UID ${mail.uid} BODY[]${partial} {${part.length}}`);
        socket.write(part);
        write(')');
      }
      return 'OK done';
    },
    'UID STORE': (_tag, words) => {
      const flags = /\(([^)]*)\)/.exec(words)?.[1]?.split(' ') ?? [];
      for (const mail of chosen(words.split(' ')[0] ?? '')) {
        for (const flag of flags) mail.flags.add(flag);
        write(`* ${seqOf(mail)} FETCH (UID ${mail.uid} FLAGS (${[...mail.flags].join(' ')}))`);
      }
      return 'OK done';
    },
    'UID COPY': (_tag, words) => copyTo(words),
    'UID MOVE': (_tag, words) => {
      if (!server.capabilities.has('MOVE')) return 'BAD unknown command';
      const answer = copyTo(words);
      if (answer.startsWith('OK')) expunge(chosen(words.split(' ')[0] ?? ''));
      return answer;
    },
    'UID EXPUNGE': (_tag, words) => {
      expunge(chosen(words).filter(({ flags }) => flags.has('\\Deleted')));
      return 'OK done';
    },
    EXPUNGE: () => {
      expunge(folder?.mails.filter(({ flags }) => flags.has('\\Deleted')) ?? []);
      return 'OK done';
    },
    LOGOUT: () => {
      write('* BYE');
      return 'OK done';
    },
  };

  function copyTo(words: string): string {
    const target = server.folders.get(stringsIn(words.slice(words.indexOf(' ')))[0] ?? '');
    if (!target) return 'NO [TRYCREATE] no such folder';
    for (const { raw, flags } of chosen(words.split(' ')[0] ?? '')) addMail(target, raw, flags);
    return 'OK done';
  }

  function expunge(mails: readonly TestMail[]): void {
    for (const mail of mails) {
      write(`* ${seqOf(mail)} EXPUNGE`);
      folder!.mails = folder!.mails.filter((each) => each !== mail);
    }
  }

  const seqOf = (mail: TestMail): number => folder!.mails.indexOf(mail) + 1;

  /** Of a set of UIDs; `*` is the last one, and a range may be given from its end. */
  function chosen(set: string): TestMail[] {
    const mails = folder?.mails ?? [];
    const last = mails.at(-1)?.uid ?? 0;
    const number = (text: string): number => (text === '*' ? last : Number(text));
    return mails.filter(({ uid }) =>
      set.split(',').some((range) => {
        const [from = '', to = from] = range.split(':');
        const [a, b] = [number(from), number(to)].sort((x, y) => x - y) as [number, number];
        return a <= uid && uid <= b;
      }),
    );
  }

  function take(line: string): void {
    if (idleTag !== undefined) {
      if (!/^done$/i.test(line)) return write('* BAD expected DONE');
      write(`${idleTag} OK idle ended`);
      idleTag = undefined;
      return;
    }
    const [, tag = '*', rest = ''] = /^(\S+) (.*)$/.exec(line) ?? [];
    const [, word = ''] = /^((?:uid )?\S+)/i.exec(rest) ?? [];
    const name = word.toUpperCase();
    const words = rest.slice(word.length).trim();
    if (name !== 'LOGIN' && name !== 'AUTHENTICATE')
      server.commands.push(`${name} ${words}`.trim());
    answer(tag, { name, words });
  }

  function answer(tag: string, { name, words }: { name: string; words: string }): void {
    const departure = server.departures.get(name);
    if (departure === 'drop') return socket.destroy() as unknown as void;
    if (departure && departure !== 'drop after') return write(`${tag} NO ${departure.no}`);
    if (name === 'IDLE' && server.capabilities.has('IDLE')) {
      idleTag = tag;
      write('+ idling');
      return onIdle();
    }
    const act = acts[name];
    const isOpen = ['CAPABILITY', 'LOGIN', 'AUTHENTICATE', 'ID', 'NOOP', 'LOGOUT'].includes(name);
    if (!act || (!loggedIn && !isOpen)) return write(`${tag} BAD unknown command or wrong state`);
    const result = act(tag, words);
    if (departure === 'drop after') return socket.destroy() as unknown as void;
    write(`${tag} ${result}`);
    if (name === 'LOGOUT') socket.end();
  }

  socket.on('error', () => undefined);
  socket.on('data', (chunk) => {
    waiting += chunk.toString('latin1');
    for (let end = waiting.indexOf('\r\n'); end >= 0; end = waiting.indexOf('\r\n')) {
      const line = waiting.slice(0, end);
      waiting = waiting.slice(end + 2);
      take(line);
    }
  });
  write(`* OK [CAPABILITY ${capability()}] ready`);
  return {
    tell(changed) {
      if (folder === changed && idleTag !== undefined) write(`* ${folder.mails.length} EXISTS`);
    },
    isIdle: () => idleTag !== undefined,
    end: () => socket.destroy(),
  };
}

/** Quoted strings and atoms, in their order. */
function stringsIn(text: string): string[] {
  return [...text.matchAll(/"((?:[^"\\]|\\.)*)"|([^\s"()]+)/g)].map(
    ([, quoted, atom]) => quoted?.replaceAll(/\\(.)/g, '$1') ?? atom ?? '',
  );
}

function matches(name: string, pattern: string): boolean {
  return pattern === '*' || pattern === '%' || pattern === name;
}
