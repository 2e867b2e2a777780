import type { runDetailSchema, runSchema } from '@perennial/contracts';
import type { z } from 'zod';
import type { Db } from '../db/index.ts';
import { maskParams } from '../events/index.ts';
import { notFound } from '../http/index.ts';
import type { Json, JsonObject } from '../inbox/index.ts';
import { maskText, mayReadPersonal, type Rights } from '../users/index.ts';
import { findRun, findSteps, type RunView, type StepView } from './read-queries.ts';

/** A run in the shape of the wire, for callers with these rights. */
export function showRun(row: RunView, rights: Rights): z.output<typeof runSchema> {
  const { workflow_id: workflow, contact_id: contact, key, reason, ...rest } = row;
  return {
    ...rest,
    workflow,
    contact,
    key: showKey(key, rights),
    reason: reason === null ? null : showKey(reason, rights),
  };
}

/** A key, or another short text that may hold an address. */
export function showKey(text: string, rights: Rights): string {
  return mayReadPersonal(rights) ? text : maskText(text);
}

/** So many steps of one run are shown. */
const MOST_STEPS_SHOWN = 1_000;

/** A run with what started it and the steps it took, for callers with these rights. */
export async function readRun(
  db: Db,
  { workspaceId, id, rights }: { workspaceId: number; id: number; rights: Rights },
): Promise<z.output<typeof runDetailSchema>> {
  const run = await findRun(db, { workspaceId, id });
  if (!run) throw notFound('run');
  const steps = await findSteps(db, {
    contactId: run.contact_id,
    runId: id,
    limit: MOST_STEPS_SHOWN + 1,
  });
  const { context } = run;
  return {
    ...showRun(run, rights),
    context: {
      ...context,
      params: maskParams((context['params'] ?? {}) as JsonObject, rights),
      ...(!mayReadPersonal(rights) && { key: null, context: null }),
    },
    steps: steps.slice(0, MOST_STEPS_SHOWN).map((step) => showStep(step, rights)),
    truncated: steps.length > MOST_STEPS_SHOWN,
  };
}

/** What decided a step are values of the contact: without the right, only the answers are shown. */
function showStep({ decided_by: seen, ...step }: StepView, rights: Rights) {
  return { ...step, decided_by: mayReadPersonal(rights) ? seen : withoutValues(seen) };
}

/** What was seen, without the values of contacts. */
export function withoutValues(seen: Json): Json {
  if (Array.isArray(seen)) return seen.map(withoutValues);
  if (typeof seen !== 'object' || seen === null) return typeof seen === 'boolean' ? seen : null;
  return Object.fromEntries(
    Object.entries(seen).map(([name, value]) => [
      name,
      SAFE_MEMBERS.has(name) ? value : withoutValues(value),
    ]),
  );
}

/** Words of the engine and the gates, not of contacts. */
const SAFE_MEMBERS = new Set([
  'type',
  'about',
  'gate',
  'passed',
  'decision',
  'send',
  'until',
  'point',
]);
