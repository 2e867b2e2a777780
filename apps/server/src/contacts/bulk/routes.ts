import { bulkSchema, jobSchema } from '@perennial/contracts';
import { writeAudit } from '../../audit/index.ts';
import { readCategories, unknownKeys } from '../../categories/index.ts';
import { inTransaction, type Db } from '../../db/index.ts';
import { defineRoute, Problem, type ManageRoute } from '../../http/index.ts';
import { enqueueJob } from '../../jobs/index.ts';
import type { Rights } from '../../users/index.ts';
import { readCustomRules } from '../field-catalogue.ts';
import { checkFields } from '../set-fields.ts';
import { IDENTIFYING, type Action } from './actions.ts';
import { BULK, bulkInput, bulkKind, type BulkParts } from './bulk-work.ts';
import { presentBulk } from './delete-matching.ts';
import { readSelection } from './selection.ts';

export interface BulkRouteParts extends BulkParts {
  findList: (db: Db, options: { workspaceId: number; id: number }) => Promise<boolean>;
}

export function bulkRoutes(parts: BulkRouteParts): ManageRoute[] {
  const begin = defineRoute({
    method: 'POST',
    url: '/contacts/bulk',
    right: 'contacts.write',
    summary: 'Do something with many contacts',
    description:
      'Long work: answers a job at once; see `/jobs`. Contacts are taken by their IDs or by all ' +
      'that a list shows, as they are when the job begins: who changes while it runs stays among them. ' +
      'Those made after the call are left alone. Lists also take `segments.write`.',
    body: bulkSchema,
    response: jobSchema,
    status: 202,
    example: {
      body: {
        selection: { filter: { type: 'field', field: 'country', op: 'equals', value: 'UA' } },
        action: { kind: 'set_field', field: 'language', value: 'uk' },
      },
    },
    handler: async ({ db, by, workspace, rights, now, body: { selection, action } }) => {
      const workspaceId = workspace.id;
      await checkAction(db, parts, { workspaceId, action, rights });
      const chosen = await readSelection(db, {
        selection,
        workspace,
        rights,
        now,
        questions: parts.questions,
      });
      const job = await inTransaction(db, async (tx) => {
        const order = { workspaceId, by, kind: BULK, input: bulkInput(action, chosen.selection) };
        const { total } = chosen;
        const begun = await enqueueJob(tx, { ...order, ...(total !== undefined && { total }) });
        await writeAudit(tx, {
          by,
          action: `contact.bulk_${action.kind}`,
          object: { kind: 'job', id: begun.id },
          after: { ...(bulkKind.about(order.input) as object), total: total ?? null },
        });
        return begun;
      });
      return presentBulk(job);
    },
  });
  return [begin];
}

async function checkAction(
  db: Db,
  { findList }: BulkRouteParts,
  { workspaceId, action, rights }: { workspaceId: number; action: Action; rights: Rights },
): Promise<void> {
  if (action.kind === 'add_to_list' || action.kind === 'remove_from_list') {
    if (!rights.has('segments.write')) {
      throw new Problem('forbidden', { detail: 'Changing lists takes segments.write.' });
    }
    if (!(await findList(db, { workspaceId, id: action.list })))
      wrong('list', 'There is no such list.');
  }
  if (action.kind === 'add_category' || action.kind === 'remove_category') {
    const unknown = unknownKeys(await readCategories(db, { workspaceId }), [action.category]);
    if (unknown.length > 0) wrong('category', 'There is no such category.');
  }
  if (action.kind === 'set_field') await checkField(db, { workspaceId, action });
}

async function checkField(
  db: Db,
  {
    workspaceId,
    action: { field, value },
  }: { workspaceId: number; action: Extract<Action, { kind: 'set_field' }> },
): Promise<void> {
  if (IDENTIFYING.has(field)) {
    wrong('field', `${field} says who a contact is: it cannot be the same for many.`);
  }
  const rules = await readCustomRules(db, { workspaceId });
  const [problem] = checkFields({ fields: { [field]: value }, rules });
  if (!problem) return;
  const isUnknown = problem.message === 'unknown field';
  wrong(isUnknown ? 'field' : 'value', isUnknown ? 'There is no such field.' : problem.message);
}

function wrong(member: string, message: string): never {
  throw new Problem('invalid_request', {
    detail: message,
    errors: [{ path: `/action/${member}`, message, in: 'body' }],
  });
}
