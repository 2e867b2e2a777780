import { newKey } from './keys.ts';
import type { BenchDatabase } from './database.ts';
import { addWorkflow } from './runs.ts';

/** Calls the management API. */
export type Call = <Answer>(method: string, path: string, body?: unknown) => Promise<Answer>;

export async function callerOf(database: BenchDatabase, base: string): Promise<Call> {
  const token = await newKey(database, 'management');
  return async (method, path, body) => {
    const answer = await fetch(`${base}/manage/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as never;
  };
}

/** An e-mail with a name and a link. */
export async function makeMessage(call: Call, name: string): Promise<string> {
  const { id } = await call<{ id: string }>('POST', '/messages', {
    name,
    channel: 'email',
    content: {
      en: {
        subject: name,
        html: '<p>Hi {{ contact.first_name }}, <a href="{{ unsubscribe_url }}">no</a></p>',
      },
    },
  });
  return id;
}

/** A workflow whose only block sends this message to whoever does that. */
export async function addReceipts(
  database: BenchDatabase,
  { message, event }: { message: string; event: string },
): Promise<void> {
  await addWorkflow(database, {
    key: 'receipt',
    definition: {
      language: 1,
      start: { type: 'event', event },
      stop: [],
      limits: {},
      first: 'mail',
      blocks: { mail: { type: 'email', message, transactional: true, exits: {} } },
    },
  });
}
