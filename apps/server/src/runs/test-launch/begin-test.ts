import type { newTestLaunchSchema, TestDelivery } from '@perennial/contracts';
import type { StartType } from '@perennial/blocks';
import type { z } from 'zod';
import { writeAudit } from '../../audit/index.ts';
import { findContactsMeant } from '../../contacts/index.ts';
import { inTransaction, type Db } from '../../db/index.ts';
import { findEvent } from '../../events/index.ts';
import { notFound, Problem, type Origin } from '../../http/index.ts';
import type { JsonObject } from '../../inbox/index.ts';
import { checkAddress } from '../../sends/index.ts';
import {
  checkDefinition,
  findVersion,
  readWorkflow,
  requireValid,
  type WorkflowWithTags,
} from '../../workflows/index.ts';
import { triggerOf } from '../due-run.ts';
import { advanceTest } from './advance-test.ts';
import { insertTest, saveTest, type TestRow } from './queries.ts';
import { refusedBecause } from './refused-because.ts';
import type { TestParts } from './parts.ts';
import { versionOf } from './run-of-test.ts';
import { indexOf } from './walk-test.ts';

type Asked = z.output<typeof newTestLaunchSchema>;

interface Begin {
  workspaceId: number;
  workflowId: number;
  by: Origin;
  now: Date;
  asked: Asked;
}

/** Begins a test launch, and takes its first steps. */
export async function beginTest(
  parts: TestParts,
  { workspaceId, workflowId, by, now, asked }: Begin,
): Promise<TestRow> {
  const { pool } = parts;
  const workflow = await readWorkflow(pool, { workspaceId, id: workflowId });
  const definition = await definitionOf(pool, workflow, asked.version);
  const contactId = await contactMeant(pool, { workspaceId, contact: asked.contact });
  const deliver = await checkDelivery(parts, { workspaceId, deliver: asked.deliver, now });
  const { context, key } = await contextFor(pool, { workspaceId, definition, asked, now });
  const row = await inTransaction(pool, async (tx) => {
    const inserted = await insertTest(tx, {
      contact_id: contactId,
      workspace_id: workspaceId,
      workflow_id: workflowId,
      version: asked.version ?? null,
      definition,
      options: { timers: asked.timers, deliver, webhooks: asked.webhooks },
      pace: asked.pace,
      key: '',
      block: definition['first'] as string,
      context,
      refused: null,
      started_by: by.actor.name,
      started_at: now,
    });
    const index = await indexOf(tx, inserted);
    inserted.key = key ?? index.version(workflowId, versionOf(inserted)).keyOf(triggerOf(context));
    inserted.refused = await refusedBecause(tx, parts, { row: inserted, index, workflow, now });
    await saveTest(tx, inserted);
    await writeAudit(tx, {
      by,
      action: 'workflow.test',
      object: { kind: 'workflow', id: workflowId },
      after: { contact: String(contactId), version: asked.version ?? 'draft' },
    });
    return inserted;
  });
  const move = { pace: asked.pace };
  return (await advanceTest(parts, { contactId, id: row.id, now, move })) ?? row;
}

/** The draft or a version, as publishing would check it. */
async function definitionOf(
  db: Db,
  workflow: WorkflowWithTags,
  version: number | undefined,
): Promise<JsonObject> {
  if (version === undefined) {
    const { workspace_id: workspaceId, draft } = workflow;
    requireValid(await checkDefinition(db, { workspaceId, definition: draft }));
    return draft;
  }
  const found = await findVersion(db, { workflowId: workflow.id, version });
  if (!found) throw notFound('version');
  return found.definition;
}

async function contactMeant(
  db: Db,
  { workspaceId, contact }: { workspaceId: number; contact: Asked['contact'] },
): Promise<number> {
  const [id] = await findContactsMeant(db, { workspaceId, refs: [contact] });
  if (id !== undefined) return id;
  throw new Problem('unprocessable', {
    detail: 'There is no such contact.',
    errors: [{ path: '/contact', message: 'Nobody has this identifier.', in: 'body' }],
  });
}

/** Test addresses in their normal form; one that is dead is refused now, not by the provider. */
async function checkDelivery(
  { pool }: TestParts,
  { workspaceId, deliver, now }: { workspaceId: number; deliver: TestDelivery; now: Date },
): Promise<TestDelivery> {
  if (deliver === 'sandbox') return deliver;
  const check = (channel: string, kind: 'email' | 'phone', to: string): Promise<string> =>
    checkAddress(pool, { workspaceId, channel, to, path: `/deliver/${kind}`, now });
  return {
    ...(deliver.email !== undefined && { email: await check('email', 'email', deliver.email) }),
    ...(deliver.phone !== undefined && { phone: await check('sms', 'phone', deliver.phone) }),
  };
}

interface Trigger {
  context: JsonObject;
  /** As the call says; else what the start's path finds. */
  key?: string | undefined;
}

/** What started it: an event from history, or what somebody typed. */
async function contextFor(
  db: Db,
  {
    workspaceId,
    definition,
    asked,
    now,
  }: { workspaceId: number; definition: JsonObject; asked: Asked; now: Date },
): Promise<Trigger> {
  const start = definition['start'] as { type: StartType; event?: string; segment?: string };
  if (asked.event !== undefined) return contextOfEvent(db, { workspaceId, id: asked.event, start });
  const params = (asked.params ?? {}) as JsonObject;
  const typed = { params, source: 'test', occurred_at: now.toISOString() };
  const key = asked.key;
  if (start.event !== undefined) {
    const event = { kind: 'event', event: start.event, ...typed };
    return { key, context: key === undefined ? event : { ...event, key } };
  }
  const segment = start.segment === undefined ? {} : { segment: start.segment, cause: 'test' };
  return { key, context: { kind: start.type, ...segment, ...typed } };
}

async function contextOfEvent(
  db: Db,
  { workspaceId, id, start }: { workspaceId: number; id: string; start: { event?: string } },
): Promise<Trigger> {
  const event = await findEvent(db, { workspaceId, id });
  const wrong = (message: string): Problem =>
    new Problem('unprocessable', {
      detail: message,
      errors: [{ path: '/event', message, in: 'body' }],
    });
  if (!event) throw wrong('There is no such event.');
  if (event.type !== start.event) {
    const wanted = start.event === undefined ? 'by no event' : `by ${start.event}`;
    throw wrong(`The workflow is started ${wanted}; this event is ${event.type}.`);
  }
  const context: JsonObject = {
    kind: 'event',
    event: event.type,
    event_id: String(event.id),
    occurred_at: event.occurred_at.toISOString(),
    source: event.source,
    params: event.params ?? {},
    ...(event.key !== null && { key: event.key }),
    ...(event.context && { context: event.context }),
  };
  return { context };
}
