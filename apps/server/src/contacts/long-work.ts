import type { WorkKind } from '../jobs/index.ts';
import { bulkWork, type BulkParts } from './bulk/bulk-work.ts';
import { mergeWork } from './duplicates/merge-work.ts';
import { fieldIndexBuild, fieldIndexDrop } from './field-index/index-work.ts';
import { exportWork, type ExportParts } from './export/export-work.ts';

/** What is done with many contacts as long work. */
export function contactWork(parts: BulkParts & ExportParts): WorkKind[] {
  return [bulkWork(parts), exportWork(parts), mergeWork, fieldIndexBuild, fieldIndexDrop];
}
