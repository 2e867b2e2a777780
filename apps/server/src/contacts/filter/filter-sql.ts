import { compileSql, contactConditions, NotInSql } from '@perennial/conditions';
import { Problem } from '../../http/index.ts';
import type { CheckedFilter } from './check-filter.ts';
import { fieldTypesOf } from './condition-fields.ts';
import { contactSources, type ContactQuestions } from './contact-sources.ts';
import { knownZones } from './known-zones.ts';
import type { Put } from './statement.ts';

export interface FilterContext {
  workspaceId: number;
  workspaceZone: string;
  now: Date;
  questions: ContactQuestions;
}

/** Writes a filter into a statement over `contacts`. */
export function filterSql(
  { node, rules }: CheckedFilter,
  { put, workspaceId, workspaceZone, now, questions }: FilterContext & { put: Put },
): string {
  const fields = fieldTypesOf(rules);
  const sources = contactSources({ fields, asking: { put, workspaceId, now }, questions });
  const sql = { put, now: now.getTime(), workspaceZone, zones: knownZones(), sources };
  try {
    return compileSql(node, { sql, fields, types: contactConditions });
  } catch (error) {
    if (!(error instanceof NotInSql)) throw error;
    throw new Problem('unprocessable', { detail: error.message, cause: error });
  }
}
