import { inTransaction, type Pool } from '../../src/db/index.ts';
import { ensurePartitions } from '../../src/db/partitions.ts';
import { initialiseInstallation } from '../../src/slots/index.ts';
import { createKey } from '../../src/users/index.ts';
import { createWorkspace } from '../../src/workspaces/index.ts';

export interface Stage {
  workspaceId: number;
  writeKey: string;
  call: <Answer>(method: string, path: string, body?: unknown) => Promise<Answer>;
}

/** A workspace with its keys, before the program runs. */
export async function makeStage(
  pool: Pool,
  { slug, base }: { slug: string; base: string },
): Promise<Stage> {
  const now = new Date();
  await initialiseInstallation(pool, { now });
  await ensurePartitions(pool, { now });
  const by = { actor: { kind: 'system', id: null, name: 'test' }, at: now } as never;
  return inTransaction(pool, async (tx) => {
    const { id: workspaceId } = await createWorkspace(tx, { slug, name: slug, by });
    const { token: writeKey } = await createKey(tx, { workspaceId, kind: 'write', by });
    const { token } = await createKey(tx, { workspaceId, kind: 'management', by });
    return { workspaceId, writeKey, call: caller(base, token) };
  });
}

function caller(base: string, token: string): Stage['call'] {
  return async (method, path, body) => {
    const answer = await fetch(`${base}/manage/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as never;
  };
}

/** Three messages and the workflow that sends them, through the management API. */
export async function drawWorkflow({ call }: Stage): Promise<void> {
  const ids: Record<string, string> = {};
  for (const name of ['hello', 'active', 'idle']) {
    const message = await call<{ id: string }>('POST', '/messages', {
      name,
      channel: 'email',
      default_language: 'en',
      content: {
        en: {
          subject: name,
          from: 'Test <test@example.com>',
          html: `<p>Hello {{ contact.external_id }}</p>`,
        },
      },
      tags: [],
    });
    ids[name] = message.id;
  }
  const email = (name: string, next?: string): object => ({
    type: 'email',
    message: ids[name],
    exits: next ? { next } : {},
  });
  const workflow = await call<{ id: string }>('POST', '/workflows', {
    name: 'Joined',
    tags: [],
    definition: {
      language: 1,
      start: { type: 'event', event: 'Joined' },
      stop: [{ type: 'event', event: 'Left' }],
      limits: {},
      first: 'hello',
      blocks: {
        hello: email('hello', 'wait'),
        wait: { type: 'timer', wait: { n: 1, unit: 'minute' }, exits: { next: 'check' } },
        check: {
          type: 'if',
          condition: {
            type: 'event',
            event: 'Active',
            period: { kind: 'ever' },
            measure: { kind: 'count', op: 'greater_or_equal', value: 1 },
          },
          exits: { yes: 'active', no: 'mark' },
        },
        active: email('active'),
        mark: {
          type: 'update_fields',
          set: { city: 'Idle' },
          exits: { next: 'idle' },
        },
        idle: email('idle'),
      },
    },
  });
  await call('POST', `/workflows/${workflow.id}/publish`);
  await call('POST', `/workflows/${workflow.id}/activate`);
}
