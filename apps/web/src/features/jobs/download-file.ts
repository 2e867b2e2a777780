import { ApiProblem } from '../../api.ts';

/** Saves a file of the management API: a plain link could not say which workspace is meant. */
export async function downloadFile(
  workspace: string,
  { path, name }: { path: string; name: string },
): Promise<void> {
  const response = await fetch(`/manage/v1${path}`, {
    headers: { 'x-workspace': workspace },
    credentials: 'same-origin',
  });
  if (!response.ok) throw new ApiProblem({ status: response.status });
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
