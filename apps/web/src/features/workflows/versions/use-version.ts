import type { WorkflowVersion } from '@perennial/contracts';
import { useRead } from '../../../app/data.ts';
import type { Draft } from '../../../editor/edit/draft.ts';

/** The definition of a version, which never changes; undefined until it is there. */
export function useVersion(workflow: string, version: number | undefined): Draft | undefined {
  const read = useRead<WorkflowVersion>(`/workflows/${workflow}/versions/${version ?? 0}`, {
    enabled: version !== undefined,
  });
  return version === undefined ? undefined : read.data?.definition;
}
