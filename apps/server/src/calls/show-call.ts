import type { CallRequest } from '@perennial/blocks/steps';
import type { workflowCallRequestSchema, workflowCallSchema } from '@perennial/contracts';
import type { z } from 'zod';
import { callName } from './drive-calls.ts';
import type { CallRow } from './log-queries.ts';

const HIDDEN = '••••••';

/** A request without its secrets. */
export function showRequest({
  method,
  url,
  headers,
  secrets,
  body,
}: CallRequest): z.output<typeof workflowCallRequestSchema> {
  const hidden = Object.keys(secrets).map((name) => [name, HIDDEN]);
  return {
    method,
    url,
    headers: { ...headers, ...Object.fromEntries(hidden) },
    body: body ?? null,
  };
}

/** What was said is the contact's data: only for those who may read them. */
export function showCall(
  { contact_id: contact, workflow_id: workflow, run_id: run, request, answer, ...row }: CallRow,
  { personal }: { personal: boolean },
): z.output<typeof workflowCallSchema> {
  return {
    ...row,
    webhook_id: callName(row.id),
    contact,
    workflow,
    run,
    request: personal ? showRequest(request) : null,
    answer: personal ? answer : null,
  };
}
