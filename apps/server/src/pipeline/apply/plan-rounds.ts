import type { JointItem, SlotItem, Stamped } from '../../inbox/index.ts';

/** Facts applied together: of each contact at most one that conditions look at, and it comes last. */
export interface Round<Entry extends Stamped> {
  entries: Entry[];
  /** Merges to make or undo after the entries. */
  joint: ArrivedJoint[];
}

/** A merge, or its undoing, and when it arrived. */
export interface ArrivedJoint {
  item: JointItem;
  receivedAt: number;
}

interface Line<Entry> {
  contactId: number;
  entries: Entry[];
  next: number;
}

/**
 * Cuts a batch into rounds. Facts that no live condition, stop, wait or start mentions ("quiet")
 * need no round of their own: they ride with the next loud one of their contact. A merge (and its
 * undoing) waits until both contacts have reached it.
 */
export function planRounds<Entry extends Stamped>(
  entries: Entry[],
  isLoud: (entry: Entry) => boolean,
): Round<Entry>[] {
  const lines = linesOf(entries);
  const rounds: Round<Entry>[] = [];
  let open = [...lines.values()];
  while (open.length > 0) {
    const taken = open.flatMap((line) => takeOne(line, isLoud));
    const joint = takeJoint(lines, open, taken.length === 0);
    rounds.push({ entries: taken, joint });
    open = open.filter((line) => line.next < line.entries.length);
  }
  return rounds;
}

function linesOf<Entry extends Stamped>(entries: Entry[]): Map<number, Line<Entry>> {
  const lines = new Map<number, Line<Entry>>();
  for (const entry of entries) {
    const line = lines.get(entry.contactId);
    if (line) line.entries.push(entry);
    else lines.set(entry.contactId, { contactId: entry.contactId, entries: [entry], next: 0 });
  }
  return lines;
}

/** Up to and with the next loud entry, but never past a merge. */
function takeOne<Entry extends Stamped>(
  line: Line<Entry>,
  isLoud: (entry: Entry) => boolean,
): Entry[] {
  const from = line.next;
  for (;;) {
    const entry = line.entries[line.next];
    if (!entry || isJoint(entry.item)) break;
    line.next += 1;
    if (isLoud(entry)) break;
  }
  return line.entries.slice(from, line.next);
}

/** Joint items that both contacts have reached; if nothing else moves, the first that one has. */
function takeJoint<Entry extends Stamped>(
  lines: Map<number, Line<Entry>>,
  open: Line<Entry>[],
  stuck: boolean,
): ArrivedJoint[] {
  const waiting = open.flatMap((line) => {
    const item = jointAt(line);
    return item ? [{ item, receivedAt: line.entries[line.next]!.receivedAt }] : [];
  });
  let ready = waiting.filter(({ item: merge }, i) => {
    const isFirst = waiting.findIndex(({ item: other }) => isSame(other, merge)) === i;
    return isFirst && [merge.keepId, merge.dropId].every((id) => hasReached(lines.get(id), merge));
  });
  // The other half was applied or buried in another part of the batch.
  if (ready.length === 0 && stuck && waiting[0]) ready = [waiting[0]];
  for (const { item: merge } of ready) {
    for (const id of [merge.keepId, merge.dropId]) {
      const line = lines.get(id);
      const at = line && jointAt(line);
      if (at && isSame(at, merge)) line.next += 1;
    }
  }
  return ready;
}

function isJoint(item: SlotItem): item is JointItem {
  return item.kind === 'merge' || item.kind === 'unmerge';
}

function jointAt<Entry extends Stamped>(line: Line<Entry>): JointItem | undefined {
  const item = line.entries[line.next]?.item;
  return item && isJoint(item) ? item : undefined;
}

function hasReached<Entry extends Stamped>(
  line: Line<Entry> | undefined,
  merge: JointItem,
): boolean {
  const at = line && jointAt(line);
  return at !== undefined && isSame(at, merge);
}

function isSame(a: JointItem, b: JointItem): boolean {
  return a.kind === b.kind && a.mergeId === b.mergeId;
}

/**
 * Of each contact the first loud entry that comes after so many others: it waits for a next batch,
 * so that one who does a thousand things at once does not hold up the others of its slots.
 */
export function beyondRounds<Entry extends Stamped>(
  entries: Entry[],
  isLoud: (entry: Entry) => boolean,
  most: number,
): Set<Entry> {
  const beyond = new Set<Entry>();
  for (const line of linesOf(entries).values()) {
    if (line.entries.length <= most) continue;
    const first = line.entries.filter(isLoud)[most];
    if (first) beyond.add(first);
  }
  return beyond;
}

/**
 * Splits off what cannot be applied yet: of both contacts of a merge whose other half is not among
 * the entries, everything from the merge on; of a contact, everything from what is held on, or from
 * what another contact may have whose own is split off. Answers the contacts whose slots are wanted
 * together.
 */
export function splitBlocked<Entry extends Stamped>(
  entries: Entry[],
  { held }: { held: ReadonlySet<Entry> },
): { ready: Entry[]; blocked: Entry[]; together: number[] } {
  const lines = linesOf(entries);
  const blockedFrom = new Map<number, number>();
  const together: number[] = [];
  const mustWait = (entry: Entry): boolean =>
    held.has(entry) || entry.elsewhere?.some((id) => blockedFrom.has(id)) === true;
  for (let changed = true; changed;) {
    changed = false;
    for (const line of lines.values()) {
      const end = blockedFrom.get(line.contactId) ?? line.entries.length;
      const at = line.entries.findIndex(
        (entry, i) =>
          i < end &&
          (isJoint(entry.item)
            ? !isReachable(lines, blockedFrom, entry.item, line.contactId)
            : mustWait(entry)),
      );
      if (at < 0) continue;
      blockedFrom.set(line.contactId, at);
      together.push(...whose(line.entries[at]!));
      changed = true;
    }
  }
  const isBlocked = new Set<Entry>();
  for (const [contactId, from] of blockedFrom) {
    for (const entry of lines.get(contactId)!.entries.slice(from)) isBlocked.add(entry);
  }
  return {
    ready: entries.filter((entry) => !isBlocked.has(entry)),
    blocked: entries.filter((entry) => isBlocked.has(entry)),
    together,
  };
}

/** Both contacts of a merge; whoever has an item, and whoever may have it already. */
function whose({ contactId, elsewhere = [], item }: Stamped): number[] {
  return isJoint(item) ? [item.keepId, item.dropId] : [contactId, ...elsewhere];
}

function isReachable<Entry extends Stamped>(
  lines: Map<number, Line<Entry>>,
  blockedFrom: Map<number, number>,
  merge: JointItem,
  contactId: number,
): boolean {
  const other = lines.get(merge.keepId === contactId ? merge.dropId : merge.keepId);
  if (!other) return false;
  const end = blockedFrom.get(other.contactId) ?? other.entries.length;
  return other.entries.some(({ item }, i) => i < end && isJoint(item) && isSame(item, merge));
}
