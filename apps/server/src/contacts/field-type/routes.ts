import {
  fieldTypeChangeSchema,
  fieldTypePreviewSchema,
  idParams,
  jobSchema,
} from '@perennial/contracts';
import type { z } from 'zod';
import { inTransaction } from '../../db/index.ts';
import { defineRoute, notFound, type ManageRoute } from '../../http/index.ts';
import { enqueueJob, presentJob } from '../../jobs/index.ts';
import { mayReadPersonal } from '../../users/index.ts';
import { findField } from '../field-queries.ts';
import { MASKED, withoutValue } from '../present-contact.ts';
import { CUSTOM_PREFIX } from '../system-fields.ts';
import { changeType } from './change-type.ts';
import { previewType } from './preview-type.ts';
import { CHANGE_TYPE, typeInput, typeKind } from './type-work.ts';
import type { TypeParts } from './why-not.ts';

type Preview = z.output<typeof fieldTypePreviewSchema>;

const example = { body: { type: 'integer' as const } };

/** Calls that give a custom field another type. */
export function fieldTypeRoutes(parts: TypeParts): ManageRoute[] {
  const preview = defineRoute({
    method: 'POST',
    url: '/fields/:id/type/preview',
    right: 'settings.write',
    summary: 'Show what another type would make of the values of a custom field',
    description:
      'Changes nothing. Exact up to 100,000 contacts; beyond, about so many cards are drawn and the ' +
      'numbers scaled. Without `contacts.read_personal` values are masked.',
    params: idParams,
    body: fieldTypeChangeSchema,
    response: fieldTypePreviewSchema,
    example,
    handler: async ({ db, workspace, rights, params, body }) => {
      const workspaceId = workspace.id;
      const field = await findField(db, { workspaceId, id: params.id });
      if (!field) throw notFound('field');
      const made = await previewType(db, parts, { workspaceId, field, to: newTypeOf(body) });
      return mayReadPersonal(rights) ? made : masked(made);
    },
  });

  const change = defineRoute({
    method: 'POST',
    url: '/fields/:id/type',
    right: 'settings.write',
    summary: 'Give a custom field another type',
    description:
      'Values that arrive from now on follow the new type at once; stored ones by long work. What ' +
      'cannot be converted is kept as a conflict of its contact. 409 while something active asks for ' +
      'what the new type has not.',
    params: idParams,
    body: fieldTypeChangeSchema,
    response: jobSchema,
    status: 202,
    example,
    handler: ({ db, by, workspace, params, body }) =>
      inTransaction(db, async (tx) => {
        const workspaceId = workspace.id;
        const { id } = params;
        const to = newTypeOf(body);
        const changed = await changeType(tx, parts, { workspaceId, id, to, by });
        const { field, ...types } = changed;
        const input = typeInput({ id, field: CUSTOM_PREFIX + field.key, ...types });
        const job = await enqueueJob(tx, { workspaceId, by, kind: CHANGE_TYPE, input });
        const kinds = new Map([[CHANGE_TYPE, typeKind]]);
        return presentJob(job, { kinds, changed: new Set() });
      }),
  });

  return [preview, change];
}

function newTypeOf({ type, choices, choice_looks: looks }: z.output<typeof fieldTypeChangeSchema>) {
  return { type, choices: choices?.length ? choices : null, looks };
}

function masked(preview: Preview): Preview {
  const examples = preview.examples.map(({ contacts, becomes, reason }) => ({
    contacts,
    value: MASKED,
    becomes: becomes === null ? null : MASKED,
    reason: reason && withoutValue(reason),
  }));
  return { ...preview, examples };
}
