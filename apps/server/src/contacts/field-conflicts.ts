import type {
  conflictCountSchema,
  conflictDecisionSchema,
  contactConflictSchema,
} from '@perennial/contracts';
import type { z } from 'zod';
import type { Db, Pool } from '../db/index.ts';
import { notFound, Problem } from '../http/index.ts';
import type { Json } from '../inbox/index.ts';
import { convertValue } from './convert-value.ts';
import { withConverted } from './converted-value.ts';
import { changeContact, type ContactInput } from './edit-contact.ts';
import { readCustomRules, ruleOf } from './field-catalogue.ts';
import { findContact, readPhoneCountry } from './find-contact.ts';
import type { Submission } from './submit-item.ts';
import { CUSTOM_PREFIX } from './system-fields.ts';

type Conflict = z.output<typeof contactConflictSchema>;
type ConflictCount = z.output<typeof conflictCountSchema>;

/** Counted of the newest so many: a client that errs does so a million times. */
const MOST_COUNTED = 100_000;

/** How many conflicts each field has; index field_conflicts_of_field. */
export async function countConflicts(
  db: Db,
  { workspaceId }: { workspaceId: number },
): Promise<ConflictCount[]> {
  const { rows } = await db.query<ConflictCount>(
    `select field, count(*)::int as conflicts, max(at) as newest_at
       from (select field, at from field_conflicts where workspace_id = $1 limit ${MOST_COUNTED}) counted
      group by field
      order by conflicts desc, field`,
    [workspaceId],
  );
  return rows;
}

export type ConflictPosition = [at: number, contact: number, id: number];

interface ConflictRow {
  id: number;
  contact: number;
  field: string;
  value: Json;
  reason: string;
  source: string;
  at: Date;
  first_name: string | null;
  last_name: string | null;
  external_id: string | null;
}

/** The newest conflicts of a field, with what each value would become; index field_conflicts_of_field. */
export async function listConflicts(
  db: Db,
  {
    workspaceId,
    field,
    after,
    limit,
  }: {
    workspaceId: number;
    field: string;
    after: ConflictPosition | undefined;
    limit: number;
  },
): Promise<Conflict[]> {
  const [at, contact, id] = after ?? [Number.MAX_SAFE_INTEGER, 0, 0];
  const before = at === Number.MAX_SAFE_INTEGER ? 'infinity' : new Date(at).toISOString();
  const { rows } = await db.query<ConflictRow>(
    `select f.id, f.contact_id as contact, f.field, f.value, f.reason, f.source, f.at,
            c.fields ->> 'first_name' as first_name, c.fields ->> 'last_name' as last_name, c.external_id
       from field_conflicts f
       join contacts c on c.id = f.contact_id and c.deleted_at is null
      where f.workspace_id = $1 and f.field = $2 and (f.at, f.contact_id, f.id) < ($3, $4, $5)
      order by f.at desc, f.contact_id desc, f.id desc
      limit $6`,
    [workspaceId, field, before, contact, id, limit],
  );
  return withConverted(db, { workspaceId, conflicts: rows.map(named) });
}

function named({ first_name, last_name, external_id, ...conflict }: ConflictRow) {
  return { ...conflict, name: [first_name, last_name].filter(Boolean).join(' ') || external_id };
}

/** Sets the value as it converts, or as given, or leaves the field; the conflict goes either way. */
export async function settleConflict(
  db: Pool,
  {
    id,
    conflict,
    decision,
    ...edit
  }: Submission & {
    id: number;
    conflict: number;
    decision: z.output<typeof conflictDecisionSchema>;
  },
): Promise<number> {
  const { workspaceId } = edit;
  const contact = await findContact(db, { workspaceId, id });
  if (!contact) throw notFound('contact');
  const { rows } = await db.query<{ field: string; value: Json }>(
    `select field, value from field_conflicts where contact_id = $1 and id = $2`,
    [contact.id, conflict],
  );
  const [found] = rows;
  // A repeat of a call finds the conflict settled by the first try.
  if (!found && edit.repetition.ticket === null) throw notFound('conflict');
  const input =
    decision.action === 'take' && found
      ? inputOf(found.field, decision.value ?? (await convert(db, { workspaceId, ...found })))
      : {};
  return changeContact(db, { ...edit, id: contact.id, input, settles: [conflict] });
}

async function convert(
  db: Db,
  { workspaceId, field, value }: { workspaceId: number; field: string; value: Json },
): Promise<Json> {
  const rules = await readCustomRules(db, { workspaceId });
  const rule = ruleOf(rules, field);
  if (!rule) {
    throw new Problem('unprocessable', { detail: `There is no field ${field} that takes values.` });
  }
  const converted = convertValue(rule, value, await readPhoneCountry(db, { workspaceId }));
  if (converted === undefined) {
    throw new Problem('unprocessable', {
      detail: `The value cannot be read as ${rule.type}: give the one to set as \`value\`.`,
    });
  }
  return converted;
}

function inputOf(field: string, value: Json): ContactInput {
  if (field.startsWith(CUSTOM_PREFIX)) {
    return { custom: { [field.slice(CUSTOM_PREFIX.length)]: value } };
  }
  const [, part] = /^address\.(.+)$/.exec(field) ?? [];
  return part ? { address: { [part]: value } } : { [field]: value };
}
