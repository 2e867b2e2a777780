import { checkDefinition } from '@perennial/conditions';
import type { fieldTypeUseSchema } from '@perennial/contracts';
import type { z } from 'zod';
import { fieldTypesOf, type CustomRules } from '../contacts/index.ts';
import type { Db } from '../db/index.ts';
import { findUsingField } from './find-rule-uses.ts';
import { readLatestVersion, readVersion } from './version-queries.ts';
import { findSegment } from './queries.ts';

type TypeUse = z.output<typeof fieldTypeUseSchema>;

/** Dynamic segments whose rule is right as long as a field has its type, and would be wrong then. */
export async function findRuleProblems(
  db: Db,
  { workspaceId, field, changed }: { workspaceId: number; field: string; changed: CustomRules },
): Promise<TypeUse[]> {
  const uses: TypeUse[] = [];
  for (const { id, name } of await findUsingField(db, { workspaceId, field })) {
    const problem = await newProblem(db, { workspaceId, segmentId: id, changed });
    if (problem === undefined) continue;
    uses.push({ kind: 'segment', id, name, state: null, problem, blocks: true });
  }
  return uses;
}

/** Of the rule as saved last and of the one whose members are kept; both were right as they stand. */
async function newProblem(
  db: Db,
  {
    workspaceId,
    segmentId,
    changed,
  }: { workspaceId: number; segmentId: number; changed: CustomRules },
): Promise<string | undefined> {
  const segment = await findSegment(db, { workspaceId, id: segmentId });
  const versions = [
    await readLatestVersion(db, { segmentId }),
    await readVersion(db, { segmentId, version: segment?.version ?? 0 }),
  ];
  const fields = fieldTypesOf(changed);
  for (const version of versions) {
    const checked = version && checkDefinition(version.definition, { fields });
    if (checked?.ok === false) return checked.issues[0]!.message;
  }
  return undefined;
}
