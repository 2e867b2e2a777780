import type { WorkKind } from '../jobs/index.ts';
import { BULK, bulkWork, type BulkParts } from './bulk/bulk-work.ts';
import { CHANGE_TYPE, typeWork } from './field-type/type-work.ts';
import type { TypeParts } from './field-type/why-not.ts';
import { mergeWork } from './duplicates/merge-work.ts';
import { fieldIndexBuild, fieldIndexDrop } from './field-index/index-work.ts';
import { exportWork, type ExportParts } from './export/export-work.ts';

/** Kinds of work that remember what was before them. */
export const REMEMBERING = [BULK, CHANGE_TYPE];

/** What is done with many contacts as long work. */
export function contactWork(parts: BulkParts & ExportParts & TypeParts): WorkKind[] {
  return [
    bulkWork(parts),
    exportWork(parts),
    mergeWork,
    typeWork(parts),
    fieldIndexBuild,
    fieldIndexDrop,
  ];
}
