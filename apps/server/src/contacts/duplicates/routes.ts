import {
  duplicateGroupSchema,
  duplicateMergeSchema,
  jobSchema,
  pageOf,
} from '@perennial/contracts';
import { z } from 'zod';
import { inTransaction, sqlState } from '../../db/index.ts';
import { defineRoute, pageQuery, Problem, type ManageRoute } from '../../http/index.ts';
import { encodeCursor } from '../../http/index.ts';
import type { FindSuppressions } from '../find-channels.ts';
import { maskPersonal } from '../present-contact.ts';
import { showContacts } from '../show-contacts.ts';
import { writeAudit } from '../../audit/index.ts';
import { enqueueJob, presentJob, workKinds } from '../../jobs/index.ts';
import { findDuplicates } from './find-duplicates.ts';
import { MERGE_DUPLICATES, mergeWork } from './merge-work.ts';

/** Reading the identifiers of ten million contacts takes about so long. */
const PATIENCE_MS = 10_000;

export function duplicateRoutes({
  findSuppressions,
}: {
  findSuppressions: FindSuppressions;
}): ManageRoute[] {
  const list = defineRoute({
    method: 'GET',
    url: '/contact_duplicates',
    right: 'contacts.read_personal',
    summary: 'List contacts that share an e-mail or a phone',
    description: 'By value. A page may hold fewer groups than asked for and still not be the last.',
    query: z.object({
      ...pageQuery(z.tuple([z.string()])),
      limit: z.coerce.number().int().min(1).max(100).default(25),
      by: z.enum(['email', 'phone']).default('email'),
    }),
    response: pageOf(duplicateGroupSchema),
    handler: async ({ db, workspace, rights, now, query: { by, limit, cursor } }) => {
      const workspaceId = workspace.id;
      const { groups, last } = await inTransaction(
        db,
        async (tx) => {
          await tx.query(`set local statement_timeout = ${PATIENCE_MS}`);
          return findDuplicates(tx, { workspaceId, by, after: cursor?.[0] ?? '', limit });
        },
        { readOnly: true },
      ).catch(tooMuch);
      const rows = groups.flatMap(({ contacts }) => contacts);
      const shown = await showContacts(db, { workspaceId, rows, findSuppressions, now });
      const byId = new Map(shown.map((contact) => [contact.id, maskPersonal(contact, rights)]));
      return {
        items: groups.map((group) => ({
          ...group,
          contacts: group.contacts.map(({ id }) => byId.get(id)!),
        })),
        next_cursor: last === undefined ? null : encodeCursor([last]),
      };
    },
  });
  const merge = defineRoute({
    method: 'POST',
    url: '/contact_duplicates/merge',
    right: 'contacts.write',
    summary: 'Merge all contacts that share an e-mail or a phone',
    description:
      'Long work: answers a job at once; groups that the rule leaves alone are among its errors. ' +
      'Each merge can be undone by itself.',
    body: duplicateMergeSchema,
    response: jobSchema,
    status: 202,
    example: { body: { by: 'email', keep: 'external_id' } },
    handler: async ({ db, by, workspace, body }) => {
      const order = { workspaceId: workspace.id, by, kind: MERGE_DUPLICATES, input: body };
      const job = await inTransaction(db, async (tx) => {
        const begun = await enqueueJob(tx, order);
        const object = { kind: 'job', id: begun.id };
        await writeAudit(tx, { by, action: 'contact.merge_duplicates', object, after: body });
        return begun;
      });
      return presentJob(job, { kinds: workKinds([mergeWork]), changed: new Set() });
    },
  });
  return [list, merge];
}

function tooMuch(error: unknown): never {
  if (sqlState(error) !== '57014') throw error;
  throw new Problem('too_much', {
    detail: 'Looking through all identifiers takes too long at the moment. Try again later.',
    cause: error,
  });
}
