import {
  conflictCountSchema,
  conflictDecisionSchema,
  contactCardSchema,
  contactConflictSchema,
  idSchema,
  pageOf,
} from '@perennial/contracts';
import { z } from 'zod';
import type { Db } from '../db/index.ts';
import { defineRoute, pageFrom, pageQuery, type ManageRoute } from '../http/index.ts';
import { mayReadPersonal, type Rights } from '../users/index.ts';
import { countConflicts, listConflicts, settleConflict } from './field-conflicts.ts';
import { MASKED, withoutValue, type ContactCard } from './present-contact.ts';
import type { Submission } from './submit-item.ts';

type Conflict = z.output<typeof contactConflictSchema>;

const count = defineRoute({
  method: 'GET',
  url: '/fields/conflicts/summary',
  right: 'contacts.read',
  summary: 'Count the values that fields could not hold',
  description: 'By field, those with the most first. At most 100,000 conflicts are counted.',
  response: pageOf(conflictCountSchema),
  handler: async ({ db, workspace }) => ({
    items: await countConflicts(db, { workspaceId: workspace.id }),
    next_cursor: null,
  }),
});

const list = defineRoute({
  method: 'GET',
  url: '/fields/conflicts',
  right: 'contacts.read',
  summary: 'List the values that a field could not hold, newest first',
  description: 'Without `contacts.read_personal` names and values are masked.',
  query: z.object({
    ...pageQuery(z.tuple([z.int(), z.int(), z.int()])),
    field: z.string().min(1).max(300).describe('As in the segment language: `custom.plan`.'),
  }),
  response: pageOf(contactConflictSchema),
  handler: async ({ db, workspace, rights, query: { field, limit, cursor: after } }) => {
    const rows = await listConflicts(db, {
      workspaceId: workspace.id,
      field,
      after,
      limit: limit + 1,
    });
    const page = pageFrom(rows, {
      limit,
      position: (row) => [row.at.getTime(), row.contact, row.id],
    });
    return { ...page, items: page.items.map((row) => maskConflict(row, rights)) };
  },
});

function maskConflict(conflict: Conflict, rights: Rights): Conflict {
  if (mayReadPersonal(rights)) return conflict;
  const { name, converted } = conflict;
  return {
    ...conflict,
    name: name && MASKED,
    value: MASKED,
    reason: withoutValue(conflict.reason),
    converted: converted === null ? null : MASKED,
  };
}

/** Calls about values that did not fit. */
export function conflictRoutes(
  parts: Pick<Submission, 'clock' | 'results'> & {
    readCard: (
      db: Db,
      which: { workspaceId: number; id: number; rights: Rights; now: Date },
    ) => Promise<ContactCard>;
  },
): ManageRoute[] {
  const settle = defineRoute({
    method: 'POST',
    url: '/contacts/:id/conflicts/:conflict',
    right: 'contacts.write',
    summary: 'Take over or dismiss a value that did not fit its field',
    description:
      '`take` sets the value as it converts to the type of the field, or the one given; the ' +
      'conflict goes either way. Answers after it was applied.',
    params: z.object({ id: idSchema, conflict: idSchema }),
    body: conflictDecisionSchema,
    response: contactCardSchema,
    example: { body: { action: 'dismiss' } },
    handler: async ({ db, by, workspace, rights, now, params, body, repetition }) => {
      const workspaceId = workspace.id;
      const id = await settleConflict(db, {
        ...parts,
        ...params,
        workspaceId,
        by,
        repetition,
        decision: body,
      });
      return parts.readCard(db, { workspaceId, id, rights, now });
    },
  });
  return [count, list, settle];
}
