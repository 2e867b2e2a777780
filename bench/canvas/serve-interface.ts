import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ALL_RIGHTS, type Session, type Workflow } from '../../packages/contracts/src/index.ts';

const DIST = fileURLToPath(new URL('../../apps/web/dist', import.meta.url));

const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

export interface ServedInterface {
  url: string;
  stop: () => void;
}

/** The built interface with one workflow behind it: what is measured is the browser alone. */
export async function serveInterface(workflow: Workflow): Promise<ServedInterface> {
  if (!existsSync(join(DIST, 'index.html'))) {
    throw new Error('The interface is not built yet: npm start builds it.');
  }
  const server = createServer(async ({ url = '/' }, response) => {
    const path = new URL(url, 'http://bench').pathname;
    if (path.startsWith('/manage/')) {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(answerTo(path.replace('/manage/v1', ''), workflow)));
      return;
    }
    const file = join(DIST, normalize(path));
    const isFile = extname(file) !== '' && existsSync(file);
    response.setHeader('content-type', TYPES[isFile ? extname(file) : '.html'] ?? 'text/plain');
    response.end(await readFile(isFile ? file : join(DIST, 'index.html')));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/w/bench/workflows/${workflow.id}`,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

const session: Session = {
  csrf_token: 'bench',
  user: {
    id: '1',
    email: 'bench@example.com',
    name: 'Bench',
    locale: 'en',
    time_zone: null,
    preferences: {},
    totp_enabled: false,
  },
  workspaces: [
    {
      id: '1',
      slug: 'bench',
      name: 'Bench',
      time_zone: 'UTC',
      currency: 'USD',
      sample: false,
      role: 'admin',
      rights: ALL_RIGHTS,
    },
  ],
};

function answerTo(path: string, workflow: Workflow): unknown {
  if (path === '/session') return session;
  if (path === '/workflows/validate') return { valid: true, errors: [], warnings: [] };
  if (path === `/workflows/${workflow.id}/stats`) return noStats;
  if (path === `/workflows/${workflow.id}`) return workflow;
  return { items: [], next_cursor: null };
}

const noStats = {
  period: { from: null, to: null },
  started: 0,
  running: 0,
  completed: 0,
  stopped: 0,
  converted: 0,
  failed: 0,
  not_started: {},
  blocks: {},
};
