import type { Api } from '../../api.ts';
import { saveFile } from '../../app/save-file.ts';

/** The CSV of all suppressions. */
export async function downloadSuppressions(api: Api): Promise<void> {
  saveFile(await api.download('/suppressions/export'), 'suppressions.csv');
}
