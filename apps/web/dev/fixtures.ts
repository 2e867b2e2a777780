import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Plugin } from 'vite';
import type { Request } from './answer.ts';
import { answers } from './answers.ts';
import { control } from './control.ts';

/**
 * Answers the management API with made-up data, to look at every state of the interface without
 * a server: `/__fixtures?items=0`, `?delay=3000`, `?fail=500`, `?role=auditor`, `?out=1`.
 */
export function fixtures(): Plugin {
  return {
    name: 'perennial-fixtures',
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const url = new URL(request.url ?? '/', 'http://fixtures');
        if (url.pathname === '/__fixtures') return setControl(url, response);
        if (!url.pathname.startsWith('/manage/v1/')) return next();
        void answer(request, url, response);
      });
    },
  };
}

function setControl(url: URL, response: ServerResponse): void {
  for (const [name, value] of url.searchParams) Object.assign(control, { [name]: typed(value) });
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(control));
}

function typed(value: string): string | number {
  return /^\d+$/.test(value) ? Number(value) : value;
}

async function answer(message: IncomingMessage, url: URL, response: ServerResponse): Promise<void> {
  const request: Request = {
    method: message.method ?? 'GET',
    path: url.pathname.slice('/manage/v1'.length),
    query: url.searchParams,
    body: await readJson(message),
  };
  await new Promise((done) => setTimeout(done, control.delay));
  const { status, body } = answerTo(request);
  response.statusCode = status;
  response.setHeader('content-type', 'application/json');
  response.setHeader('x-request-id', 'req-7f3a9c21');
  response.end(body === undefined ? '' : JSON.stringify(body));
}

function answerTo(request: Request): { status: number; body?: unknown } {
  const always = request.path.startsWith('/session') || request.path === '/simulator';
  if (control.fail && !always) {
    return {
      status: control.fail,
      body: {
        title: 'Fixture failure',
        status: control.fail,
        detail: 'This needs the right contacts.read.',
      },
    };
  }
  for (const { method, path, reply } of answers) {
    const match = request.method === method && path.exec(request.path);
    if (!match) continue;
    const body = reply(request, match.slice(1).map(decodeURIComponent));
    if (body === notThere) break;
    return typeof body === 'object' && body !== null && 'problem' in body
      ? { status: Number(body.problem), body }
      : { status: 200, body };
  }
  return { status: 404, body: { title: 'Not found', status: 404, code: 'not_found' } };
}

const notThere = undefined;

async function readJson(message: IncomingMessage): Promise<Record<string, unknown>> {
  let text = '';
  for await (const chunk of message) text += String(chunk);
  return text ? (JSON.parse(text) as Record<string, unknown>) : {};
}
