import type { Api } from '../../api.ts';

/** Hands the CSV of all suppressions to the browser as a file. */
export async function downloadSuppressions(api: Api): Promise<void> {
  const blob = await api.download('/suppressions/export');
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = 'suppressions.csv';
  link.click();
  // The browser has taken it up when the click returns; some start a moment later.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
