import type { Pool } from '../../db/index.ts';
import type { SecretBox } from '../../secret/index.ts';
import { readProvider, sandboxMailing, type ReadProvider } from '../providers/open-provider.ts';
import {
  loadEnabledProviders,
  recordProviderState,
  type ProviderRow,
} from '../providers/provider-queries.ts';
import type { Carrier } from './carrier.ts';
import { createFlow, type Flow, type FlowOutcome, type Parcel } from './flow.ts';
import type { WorkspaceNames } from './workspace-names.ts';
import type { WorkRow } from './work-queries.ts';

export interface ProviderDirectory {
  /** Learns how the channels of these workspaces, and of those known, are set up now. */
  refresh(workspaceIds: readonly number[]): Promise<void>;
  carrierOf(row: WorkRow): Promise<Carrier>;
  /** How many more deliveries of a channel may be taken now. */
  room(key: { workspace_id: number; channel: string }, lane: 0 | 1): number;
  /** `WORKSPACE CHANNEL` of those whose carrier takes nothing in this lane at the moment. */
  stalled(lane: 0 | 1): string[];
  /** Takes back from all providers what waits for its turn. */
  recall(isMeant: (parcel: Parcel) => boolean): void;
  /** Resolves when what is known about the providers is written. */
  told(): Promise<void>;
  close(): Promise<void>;
}

export interface DirectoryOptions {
  pool: Pool;
  box: Pick<SecretBox, 'open'>;
  workspaces: WorkspaceNames;
  publicUrl: string;
  clock: () => Date;
  onOutcome: (parcel: Parcel, outcome: FlowOutcome) => void;
  onRoom: () => void;
  onError: (cause: unknown) => void;
}

/** A provider as it was when it was opened. */
interface Entry {
  row: ProviderRow;
  read: ReadProvider;
  flow: Flow | undefined;
}

/** Keeps providers open while they are as they were; a changed one is closed and opened anew. */
export function createProviderDirectory(options: DirectoryOptions): ProviderDirectory {
  const { pool, box, workspaces, publicUrl, clock, onError } = options;
  const entries = new Map<number, Entry>();
  /** By `WORKSPACE CHANNEL`: the first enabled provider. */
  let chosen = new Map<string, Entry>();
  const closing = new Set<Promise<void>>();
  const telling = new Set<Promise<void>>();
  const known = new Set<number>();

  function entryOf(row: ProviderRow): Entry {
    const known = entries.get(row.id);
    if (known && known.row.updated_at.getTime() === row.updated_at.getTime()) return known;
    if (known) retire(known);
    const read = readProvider(row, box);
    const entry: Entry = {
      row,
      read,
      flow: read.kind === 'outside' ? flowFor(row, read) : undefined,
    };
    entries.set(row.id, entry);
    if (read.kind === 'broken') tell(row.id, read.problem);
    return entry;
  }

  function flowFor({ id }: ProviderRow, read: Extract<ReadProvider, { kind: 'outside' }>): Flow {
    return createFlow({
      provider: read.open(),
      clock,
      onOutcome: options.onOutcome,
      onRoom: options.onRoom,
      onState: (problem) => tell(id, problem),
    });
  }

  function tell(id: number, problem: string | null): void {
    const told = recordProviderState(pool, { id, problem })
      .catch(onError)
      .finally(() => telling.delete(told));
    telling.add(told);
  }

  function retire({ row, flow }: Entry): void {
    entries.delete(row.id);
    if (!flow) return;
    const closed = flow
      .close()
      .catch(onError)
      .finally(() => closing.delete(closed));
    closing.add(closed);
  }

  async function carrierOf(row: WorkRow): Promise<Carrier> {
    const entry = chosen.get(pairOf(row));
    // A test run of a workflow shows what would be sent and sends nothing.
    const staysInside = row.test && row.run_id !== null;
    if (staysInside || !entry || entry.read.kind === 'inside') {
      const { name: workspaceName } = await workspaces.get(row.workspace_id);
      return {
        kind: 'sandbox',
        providerId: staysInside ? null : (entry?.row.id ?? null),
        mailing: sandboxMailing({ workspaceName, publicUrl }),
      };
    }
    if (entry.read.kind === 'broken' || !entry.flow) {
      return { kind: 'broken', providerId: entry.row.id };
    }
    return {
      kind: 'flow',
      providerId: entry.row.id,
      mailing: entry.read.mailing,
      flow: entry.flow,
    };
  }

  return {
    async refresh(workspaceIds) {
      for (const id of workspaceIds) known.add(id);
      if (known.size === 0) return;
      const rows = await loadEnabledProviders(pool, { workspaceIds: [...known] });
      chosen = new Map();
      for (const row of rows) {
        const key = pairOf(row);
        if (!chosen.has(key)) chosen.set(key, entryOf(row));
      }
      const used = new Set([...chosen.values()].map(({ row }) => row.id));
      for (const entry of entries.values()) if (!used.has(entry.row.id)) retire(entry);
    },
    carrierOf,
    room: (key, lane) => roomOf(chosen.get(pairOf(key)), lane),
    stalled: (lane) =>
      [...chosen].filter(([, entry]) => roomOf(entry, lane) === 0).map(([key]) => key),
    recall(isMeant) {
      for (const { flow } of entries.values()) flow?.recall(isMeant);
    },
    async told() {
      await Promise.all(telling);
    },
    async close() {
      for (const entry of entries.values()) retire(entry);
      await Promise.all(closing);
      await Promise.all(telling);
    },
  };
}

export function pairOf({
  workspace_id,
  channel,
}: {
  workspace_id: number;
  channel: string;
}): string {
  return `${workspace_id} ${channel}`;
}

/** The sandbox always has room. */
function roomOf(entry: Entry | undefined, lane: 0 | 1): number {
  if (!entry || entry.read.kind === 'inside') return Infinity;
  return entry.flow?.room(lane) ?? 0;
}
