import type {
  testLaunchListItemSchema,
  testLaunchSchema,
  TestStep,
  testStepSchema,
} from '@perennial/contracts';
import type { z } from 'zod';
import { maskParams } from '../../events/index.ts';
import type { JsonObject } from '../../inbox/index.ts';
import { maskText, mayReadPersonal, type Rights } from '../../users/index.ts';
import { showKey, withoutValues } from '../show-runs.ts';
import type { TestRow } from './queries.ts';

type Item = z.output<typeof testLaunchListItemSchema>;

/** A test launch among others, for callers with these rights. */
export function showTestItem(row: TestRow, rights: Rights): Item {
  const { id, version, state, block, started_at, ended_at, started_by } = row;
  return {
    id,
    version,
    state,
    block,
    started_at,
    ended_at,
    started_by,
    workflow: row.workflow_id,
    contact: row.contact_id,
    reason: row.reason === null ? null : showKey(row.reason, rights),
  };
}

/** A test launch with its path, for callers with these rights, at this instant. */
export function showTest(
  row: TestRow,
  { rights, now }: { rights: Rights; now: Date },
): z.output<typeof testLaunchSchema> {
  const { options, pace, definition, wake_at, due_at, context, refused, steps } = row;
  const ended = row.ended_at ?? now;
  return {
    ...showTestItem(row, rights),
    options: mayReadPersonal(rights) ? options : { ...options, deliver: masked(options.deliver) },
    pace,
    definition,
    wake_at,
    due_at,
    clock: new Date(ended.getTime() + row.ahead_ms),
    context: {
      ...context,
      params: maskParams((context['params'] ?? {}) as JsonObject, rights),
      ...(!mayReadPersonal(rights) && { key: null, context: null }),
    },
    refused,
    steps: steps.map((step) => showStep(step, rights)),
  };
}

function masked(deliver: TestRow['options']['deliver']): TestRow['options']['deliver'] {
  if (deliver === 'sandbox') return deliver;
  const { email, phone } = deliver;
  return {
    ...(email !== undefined && { email: maskText(email) }),
    ...(phone !== undefined && { phone: maskText(phone) }),
  };
}

/** Values are those of the contact: without the right, only the engine's own words are shown. */
function showStep(step: TestStep, rights: Rights): z.output<typeof testStepSchema> {
  const mayRead = mayReadPersonal(rights);
  return {
    ...step,
    at: new Date(step.at),
    clock: new Date(step.clock),
    decided_by: mayRead ? step.decided_by : withoutValues(step.decided_by),
    would: step.would.map(({ act, details }) => ({
      act,
      details: mayRead ? details : maskParams(details, rights),
    })),
    sends: step.sends.map(({ message, delivery, to, ...rest }) => ({
      ...rest,
      message: Number(message),
      delivery: delivery === null ? null : Number(delivery),
      to: to === null || to === 'sandbox' || mayRead ? to : maskText(to),
    })),
  };
}
