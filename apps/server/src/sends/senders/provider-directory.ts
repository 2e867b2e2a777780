import type { Pool } from '../../db/index.ts';
import type { SecretBox } from '../../secret/index.ts';
import type { Egress } from '../../egress/index.ts';
import type { Mailing } from '../../messages/index.ts';
import { readProvider, sandboxMailing, type ReadProvider } from '../providers/open-provider.ts';
import {
  loadEnabledProviders,
  recordProviderState,
  type ProviderRow,
} from '../providers/provider-queries.ts';
import type { Carrier } from './carrier.ts';
import type { ReceivingGate } from '../receiving/receiving-gate.ts';
import { createFlow, type Flow, type FlowLines, type FlowOutcome, type Parcel } from './flow.ts';
import type { OwnMailings } from '../domains/own-mailing.ts';
import type { ProviderState } from '../providers/provider-state.ts';
import type { WorkspaceNames } from './workspace-names.ts';
import type { WorkRow } from './work-queries.ts';

export interface ProviderDirectory {
  /** Learns how the channels of these workspaces, and of those known, are set up now. */
  refresh(workspaceIds: readonly number[]): Promise<void>;
  /**
   * Gives out carriers for one dispatch, to no more deliveries than each has room for: the channel's
   * first provider, and the next one for what a provider in trouble does not take.
   */
  allot(lane: 0 | 1): (row: WorkRow) => Promise<Carrier | undefined>;
  /** Whether deliveries of a channel go by SMTP now, where receiving domains are told apart. */
  goesBySmtp(key: { workspace_id: number; channel: string }): boolean;
  /** How many more deliveries of a channel may be taken now. */
  room(key: { workspace_id: number; channel: string }, lane: 0 | 1): number;
  /** `WORKSPACE CHANNEL` of those whose carriers take nothing in this lane at the moment. */
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
  ownMailings: OwnMailings;
  receiving: ReceivingGate;
  /** Among how many processes rates are shared out. */
  shares: () => number;
  publicUrl: string;
  http: Egress;
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
  const { pool, box, workspaces, ownMailings, publicUrl, http, clock, onError } = options;
  const entries = new Map<number, Entry>();
  /** By `WORKSPACE CHANNEL`: the enabled providers, in the order in which they take over. */
  let chosen = new Map<string, Entry[]>();
  const closing = new Set<Promise<void>>();
  const telling = new Set<Promise<void>>();
  const known = new Set<number>();
  let learning = Promise.resolve();

  function entryOf(row: ProviderRow): Entry {
    const known = entries.get(row.id);
    if (known && known.row.updated_at.getTime() === row.updated_at.getTime()) return known;
    if (known) retire(known);
    const read = readProvider(row, { box, http, clock });
    const entry: Entry = {
      row,
      read,
      flow: read.kind === 'outside' ? flowFor(row, read) : undefined,
    };
    entries.set(row.id, entry);
    if (read.kind === 'broken') tell(row.id, { condition: 'broken', problem: read.problem });
    return entry;
  }

  function flowFor({ id, kind, workspace_id: workspaceId }: ProviderRow, read: Outside): Flow {
    return createFlow({
      ...(kind === 'smtp' && { lines: linesTo(options.receiving, workspaceId) }),
      provider: read.open(),
      shares: options.shares,
      clock,
      onOutcome: options.onOutcome,
      onRoom: options.onRoom,
      onState: (state) => tell(id, state),
    });
  }

  function tell(id: number, state: ProviderState): void {
    const told = recordProviderState(pool, { id, state, now: clock() })
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

  async function sandboxFor(row: WorkRow, providerId: number | null): Promise<Carrier> {
    const { name: workspaceName } = await workspaces.get(row.workspace_id);
    const mailing = sandboxMailing({ workspaceName, publicUrl });
    return { kind: 'sandbox', providerId, mailing: await withOwn(row, mailing) };
  }

  async function withOwn({ workspace_id, channel }: WorkRow, mailing: Mailing): Promise<Mailing> {
    if (channel !== 'email') return mailing;
    const own = await ownMailings.get(workspace_id);
    return { ...mailing, from: own.from ?? mailing.from, own };
  }

  async function mailingOf(row: WorkRow, { mailing }: Outside): Promise<Mailing | undefined> {
    return mailing && withOwn(row, mailing);
  }

  function allot(lane: 0 | 1): (row: WorkRow) => Promise<Carrier | undefined> {
    // Asked once: a flow counts all that waits in it to answer.
    const rooms = new Map<Flow, number>();
    return async (row) => {
      // A test run of a workflow shows what would be sent and sends nothing.
      if (row.test && row.run_id !== null) return sandboxFor(row, null);
      const entries = chosen.get(pairOf(row)) ?? [];
      if (isInside(entries)) return sandboxFor(row, entries[0]?.row.id ?? null);
      for (const { row: provider, read, flow } of takers(entries)) {
        const room = rooms.get(flow) ?? flow.room(lane);
        rooms.set(flow, Math.max(0, room - 1));
        if (room === 0) continue;
        return { kind: 'flow', providerId: provider.id, mailing: await mailingOf(row, read), flow };
      }
      return undefined;
    };
  }

  async function learn(): Promise<void> {
    if (known.size === 0) return;
    const rows = await loadEnabledProviders(pool, { workspaceIds: [...known] });
    chosen = new Map();
    for (const row of rows) {
      const key = pairOf(row);
      chosen.set(key, [...(chosen.get(key) ?? []), entryOf(row)]);
    }
    const used = new Set([...chosen.values()].flat().map(({ row }) => row.id));
    for (const entry of entries.values()) if (!used.has(entry.row.id)) retire(entry);
  }

  return {
    async refresh(workspaceIds) {
      for (const id of workspaceIds) known.add(id);
      // One after the other: an earlier answer must not replace a later one.
      const learned = learning.then(learn);
      learning = learned.catch(() => undefined);
      await learned;
    },
    allot,
    goesBySmtp: (key) => {
      const entries = chosen.get(pairOf(key)) ?? [];
      return !isInside(entries) && takers(entries).some(({ row }) => row.kind === 'smtp');
    },
    room: (key, lane) => roomOf(chosen.get(pairOf(key)) ?? [], lane),
    stalled: (lane) =>
      [...chosen].filter(([, entries]) => roomOf(entries, lane) === 0).map(([key]) => key),
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

/** What a flow asks about the domain that receives, and tells of it. */
function linesTo(receiving: ReceivingGate, workspaceId: number): FlowLines {
  const to = ({ message: { address } }: Parcel) => ({ workspaceId, address });
  return {
    hasLine: (parcel) => receiving.hasLine(to(parcel)),
    began: (parcel) => receiving.began(to(parcel)),
    ended(parcel, outcome) {
      const isBusy = outcome.kind === 'deferred' && outcome.domainBusy === true;
      receiving.ended(to(parcel), {
        accepted: outcome.kind === 'accepted',
        ...(isBusy && { busy: outcome.answer ?? outcome.reason }),
      });
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

/** Without a provider, and with the sandbox in the first place, messages stay here. */
function isInside(entries: readonly Entry[]): boolean {
  return entries[0] === undefined || entries[0].read.kind === 'inside';
}

type Outside = Extract<ReadProvider, { kind: 'outside' }>;
type Taker = Entry & { read: Outside; flow: Flow };

/**
 * Those that may take a message now: the first that is well, and before it those in trouble, which
 * are tried with a message now and then. A sandbox further down never takes over: what was to leave
 * waits rather than seem sent.
 */
function takers(entries: readonly Entry[]): Taker[] {
  const outside = entries.filter(
    (entry): entry is Taker => entry.read.kind === 'outside' && entry.flow !== undefined,
  );
  const well = outside.findIndex(({ flow }) => flow.isWell());
  return well < 0 ? outside : outside.slice(0, well + 1);
}

/** The sandbox always has room. */
function roomOf(entries: readonly Entry[], lane: 0 | 1): number {
  if (isInside(entries)) return Infinity;
  return takers(entries).reduce((sum, { flow }) => sum + flow.room(lane), 0);
}
