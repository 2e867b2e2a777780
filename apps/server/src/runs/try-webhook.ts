import { blocks, fillIn } from '@perennial/blocks';
import { webhookRequestOf, type CallRequest, type StepRun } from '@perennial/blocks/steps';
import type { webhookTriedSchema } from '@perennial/contracts';
import type { z } from 'zod';
import { makeCall, showRequest } from '../calls/index.ts';
import { loadContacts, type ContactState } from '../contacts/index.ts';
import type { Db } from '../db/index.ts';
import type { Egress } from '../egress/index.ts';
import { contactFields } from '../evaluation/index.ts';
import { notFound, Problem, type WorkspaceRef } from '../http/index.ts';
import type { JsonObject } from '../inbox/index.ts';
import { findContactCard, type ContactRef, type RenderPool } from '../messages/index.ts';
import type { SecretBox } from '../secret/index.ts';
import { openWorkflowSecrets } from '../workflows/index.ts';
import { itemOf, renderBlock } from './render-settings.ts';

export interface TryParts {
  renderPool: Pick<RenderPool, 'render'>;
  /** Reads as much of an answer as a run keeps. */
  callEgress: Egress;
  box: SecretBox;
}

export interface WebhookToTry {
  workspace: WorkspaceRef;
  block: JsonObject;
  contact?: ContactRef | undefined;
  event: JsonObject;
  run: JsonObject;
  now: Date;
}

type Settings = z.output<typeof blocks.webhook.settings>;

/** Numbers of secrets that the draft says in the clear: they are in no table yet. */
const GIVEN = 'given:';

/**
 * Makes the request of a webhook block now, for a contact and an event, and answers what was sent and
 * what came back. Nothing is kept of it.
 */
export async function tryWebhook(
  db: Db,
  { renderPool, callEgress, box }: TryParts,
  { workspace, block, contact: ref, event, run: results, now }: WebhookToTry,
): Promise<z.output<typeof webhookTriedSchema>> {
  const { settings, given } = readSettings(block);
  const contact = await readContact(db, { workspaceId: workspace.id, ref });
  const run = runOf(contact, { workspaceId: workspace.id, event, results, now });
  const [texts] = await renderBlock(renderPool.render, {
    key: `draft:webhook:${(drafts += 1)}`,
    type: 'webhook',
    settings,
    workspace,
    now,
    items: [itemOf(run, contact)],
  });
  if ('problem' in texts!) throw unusable(texts.problem);
  const request = webhookRequestOf(fillIn(settings, texts!), run, {
    field: (_run, field) => (contact ? (contactFields(contact)[field] ?? undefined) : undefined),
  });
  if (typeof request === 'string') throw unusable(request);
  const secrets = await secretsOf(db, box, { workspaceId: workspace.id, request, given });
  const { status, answer, problem, tookMs, ok } = await makeCall(callEgress, request, {
    id: `call_test_${now.getTime()}`,
    secrets,
    now,
  });
  return { ok, request: showRequest(request), status, answer, problem, took_ms: tookMs };
}

let drafts = 0;

/** The settings of the block, in which secrets that it says in the clear are put aside. */
function readSettings(block: JsonObject): { settings: Settings; given: Map<string, string> } {
  const { type: _type, exits: _exits, position: _position, note: _note, ...own } = block;
  const parsed = blocks.webhook.settings.safeParse(own);
  if (!parsed.success) {
    throw new Problem('unprocessable', {
      detail: 'The block is not complete.',
      errors: parsed.error.issues.map(({ path, message }) => ({
        path: `/block/${path.map(String).join('/')}`,
        message,
      })),
    });
  }
  const [problem] = blocks.webhook.problems?.(parsed.data) ?? [];
  if (problem) throw unusable(problem.message, problem.path);
  return takeSecrets(parsed.data);
}

function takeSecrets(settings: Settings): { settings: Settings; given: Map<string, string> } {
  const given = new Map<string, string>();
  const put = (text: string): { $secret: string } => {
    const number = `${GIVEN}${given.size}`;
    given.set(number, text);
    return { $secret: number };
  };
  const headers = Object.entries(settings.headers ?? {}).map(([name, value]) => [
    name,
    typeof value === 'object' && 'secret' in value ? put(value.secret) : value,
  ]);
  const { secret } = settings;
  return {
    settings: {
      ...settings,
      headers: Object.fromEntries(headers) as Settings['headers'],
      ...(typeof secret === 'string' && { secret: put(secret) }),
    },
    given,
  };
}

function unusable(problem: string, path = ''): Problem {
  return new Problem('unprocessable', {
    detail: problem,
    errors: [{ path: `/block${path}`, message: problem }],
  });
}

async function readContact(
  db: Db,
  { workspaceId, ref }: { workspaceId: number; ref: ContactRef | undefined },
): Promise<ContactState | undefined> {
  if (ref === undefined) return undefined;
  const card = await findContactCard(db, { workspaceId, ref });
  if (!card) throw notFound('contact');
  return (await loadContacts(db, { ids: [card.id] })).get(card.id);
}

function runOf(
  contact: ContactState | undefined,
  {
    workspaceId,
    event,
    results,
    now,
  }: { workspaceId: number; event: JsonObject; results: JsonObject; now: Date },
): StepRun {
  return {
    id: 0,
    workspaceId,
    contactId: contact?.id ?? 0,
    workflowId: 0,
    version: 0,
    key: '',
    startedAt: now.getTime(),
    test: true,
    trigger: { params: event },
    results,
  };
}

async function secretsOf(
  db: Db,
  box: SecretBox,
  {
    workspaceId,
    request,
    given,
  }: { workspaceId: number; request: CallRequest; given: ReadonlyMap<string, string> },
): Promise<Map<string, string>> {
  const numbers = [...Object.values(request.secrets), request.signing].filter(
    (number) => number !== undefined,
  );
  const kept = await openWorkflowSecrets(db, box, {
    workspaceId,
    origin: new URL(request.url).origin,
    numbers: numbers.filter((number) => !given.has(number)),
  });
  const known = new Map([...kept, ...given]);
  if (numbers.some((number) => !known.has(number))) {
    throw unusable('A secret was given for another address: give it again.');
  }
  return known;
}
