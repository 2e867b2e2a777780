import { compileSet, contactConditions, NotInSql } from '@perennial/conditions';
import { Problem } from '../../http/index.ts';
import type { CheckedFilter } from './check-filter.ts';
import { fieldTypesOf } from './condition-fields.ts';
import { contactSources, type ContactQuestions } from './contact-sources.ts';
import { knownZones } from './known-zones.ts';
import type { KeptTypes, Put } from './statement.ts';

export interface FilterContext {
  workspaceId: number;
  workspaceZone: string;
  /** ISO 4217; absent: amounts of all currencies are added. */
  workspaceCurrency?: string | undefined;
  now: Date;
  questions: ContactQuestions;
  /** IDs of event types by key, if they were looked up. */
  typeIds?: ReadonlyMap<string, number> | undefined;
  /** Event types of which times are kept; none unless they were looked up. */
  kept?: KeptTypes | undefined;
  /** Zones that contacts have; all that there are unless given. */
  zones?: readonly string[] | undefined;
}

interface Writing {
  put: Put;
  /** An array of the IDs of the few who can be meant, if that is known. */
  among?: string | undefined;
}

/**
 * Writes a filter into a statement over `contacts`. What contacts did is asked of all of them at
 * once, or of the few who can be meant, and their IDs are looked up among those found.
 */
export function filterSql(
  { node, rules }: CheckedFilter,
  { put, among, workspaceId, now, questions, typeIds, kept, ...workspace }: FilterContext & Writing,
): string {
  const fields = fieldTypesOf(rules);
  const asking = { put, workspaceId, now, typeIds, kept };
  const sources = contactSources({ fields, asking, questions });
  const { workspaceZone, workspaceCurrency } = workspace;
  const zones = () => workspace.zones ?? knownZones();
  const at = now.getTime();
  const sql = { put, now: at, workspaceZone, workspaceCurrency, zones, sources, among };
  try {
    const { joins, condition } = compileSet(node, { sql, fields, types: contactConditions });
    if (joins === '') return condition;
    return `contacts.id in (select contacts.id from contacts${joins}
 where contacts.workspace_id = ${put(workspaceId)} and ${condition})`;
  } catch (error) {
    if (!(error instanceof NotInSql)) throw error;
    throw new Problem('unprocessable', { detail: error.message, cause: error });
  }
}
