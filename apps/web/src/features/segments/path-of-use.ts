import type { SegmentUse } from '@perennial/contracts';

const ROOM_OF_USE: Readonly<Record<SegmentUse['kind'], string>> = {
  workflow: 'workflows',
  segment: 'segments',
  campaign: 'campaigns',
};

/** The page of what uses a segment, within its workspace. */
export function pathOfUse({ kind, id }: SegmentUse): string {
  return `${ROOM_OF_USE[kind]}/${id}`;
}
