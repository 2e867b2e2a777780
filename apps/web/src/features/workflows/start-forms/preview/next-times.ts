import { nextOccurrence, startSchemas } from '@perennial/blocks';
import type { Settings } from '../../blocks-forms/form-props.ts';

export interface NextTimes {
  readonly instants: readonly number[];
  /** Where they are read; contacts' own zones differ, so that of the workspace stands for them. */
  readonly zone: string;
  readonly ofContact: boolean;
}

/** The next instants at which a regular start comes; undefined for a start that has no such, or none yet. */
export function nextTimes(
  start: Settings,
  { now, workspaceZone, count }: { now: number; workspaceZone: string; count: number },
): NextTimes | undefined {
  const parsed = startSchemas.segment.safeParse({ segment: '1', ...named(start) });
  if (!parsed.success || parsed.data.mode !== 'regular') return undefined;
  const { schedule } = parsed.data;
  const ofContact = schedule.zone === 'contact';
  const zone = ofContact || schedule.zone === 'workspace' ? workspaceZone : schedule.zone;
  const instants: number[] = [];
  let after: number | undefined = now;
  while (instants.length < count && after !== undefined) {
    after = nextOccurrence(schedule, after, zone);
    if (after !== undefined) instants.push(after);
  }
  return { instants, zone, ofContact };
}

/** When it comes does not depend on who is meant. */
function named({ segment, ...start }: Settings): Settings {
  return typeof segment === 'string' && segment !== '' ? { ...start, segment } : start;
}
