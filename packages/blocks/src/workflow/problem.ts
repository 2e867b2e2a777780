import type { WorkflowProblem } from '@perennial/contracts';
import type { z } from 'zod';

/** A problem of the workflow as a whole. */
export function workflowProblem(path: string, message: string): WorkflowProblem {
  return { path, block: null, message };
}

/** A problem of one block; `path` is a JSON pointer below it. */
export function blockProblem(block: string, path: string, message: string): WorkflowProblem {
  return { path: `/blocks/${escapePointer(block)}${path}`, block, message };
}

/** A JSON pointer (RFC 6901) to a place inside a value. */
export function pointer(path: readonly PropertyKey[]): string {
  return path.map((key) => `/${escapePointer(String(key))}`).join('');
}

function escapePointer(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

/** What a schema found, one entry for each place. */
export function issuesOf(error: z.ZodError): { path: string; message: string }[] {
  return error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({
          path: pointer([...issue.path, key]),
          message: `unknown member ${JSON.stringify(key)}`,
        }))
      : [{ path: pointer(issue.path), message: issue.message }],
  );
}
