import type { SegmentDetail } from '@perennial/contracts';
import { ExportDialog } from '../contacts/list/ExportDialog.tsx';
import { useWorkspaceNames } from '../contacts/list/use-workspace-names.ts';

/** The members of a list as a CSV file, by the export of all contacts. */
export function ExportMembers({
  segment: { id, size },
  onClose,
}: {
  segment: SegmentDetail;
  onClose: () => void;
}) {
  const words = useWorkspaceNames();
  const selection = {
    filter: { type: 'segment', segment: id },
    identified: 'all' as const,
  };
  return <ExportDialog selection={selection} count={size} exact words={words} onClose={onClose} />;
}
