import { loadContacts } from '../../contacts/index.ts';
import type { Tx } from '../../db/pool.ts';
import type { BatchLive, Touch } from '../../evaluation/index.ts';
import type { EventTypes, Fact } from '../../events/index.ts';
import type { RunMove } from '../../runs/index.ts';
import type { BatchEngine } from './engine.ts';
import { workflowKey } from './touches.ts';
import { writeFacts } from './write-facts.ts';

/** What hearing facts takes. */
export interface HearParts {
  engine: BatchEngine;
  live: BatchLive;
  types: EventTypes;
  /** One that the batch owns. */
  slot: number;
}

/** Stops and starts of facts that come from no item, and what those set off. */
export async function hear(
  tx: Tx,
  parts: HearParts,
  { facts, now }: { facts: Fact[]; now: Date },
): Promise<void> {
  const heard = heardFacts(facts, parts);
  if (heard.length > 0) {
    const ids = [...new Set(heard.map((fact) => fact.contactId))];
    const contacts = await loadContacts(tx, { ids });
    for (const layer of layersOf(heard)) {
      await parts.engine.matchFacts(tx, { facts: layer, fieldChanges: [], contacts, now });
    }
  }
  await followRuns(tx, parts, { now });
}

/**
 * Rules may ask who is in a workflow: they are asked about the contacts whose runs began or ended,
 * and who enters or leaves a segment by that may start and stop further runs. Each turn stands a
 * step deeper in the chain of causes, which has an end.
 */
export async function followRuns(tx: Tx, parts: HearParts, { now }: { now: Date }): Promise<void> {
  const { engine, live, types, slot } = parts;
  const touches = touchesOfRuns(engine.takeRunMoves(), live);
  if (touches.length === 0) return;
  const contacts = await loadContacts(tx, { ids: touches.map(({ contactId }) => contactId) });
  const pending = await live.follow(tx, { touches, contacts, now });
  if (pending.length === 0) return;
  const facts = await writeFacts(tx, { pending, types, slot, now });
  await hear(tx, parts, { facts, now });
}

function touchesOfRuns(moves: readonly RunMove[], live: BatchLive): Touch[] {
  const asked = moves.filter((move) => live.mentions(move.workspaceId, keyOf(move)));
  return [...Map.groupBy(asked, (move) => move.contactId).values()].map((own) => {
    const [first] = own as [RunMove];
    return {
      contactId: first.contactId,
      workspaceId: first.workspaceId,
      at: Math.max(...own.map(({ at }) => at)),
      keys: new Set(own.map(keyOf)),
      cause: 'data',
      by: keyOf(first),
      source: 'workflow',
      depth: Math.max(...own.map(({ depth }) => depth)) + 1,
    };
  });
}

function keyOf({ workflowId }: RunMove): string {
  return workflowKey(workflowId);
}

/**
 * Those that something waits for; inactive types are stored and do nothing, nor does what a machine opened
 * or clicked.
 */
export function heardFacts(
  facts: Fact[],
  { engine, types }: Pick<HearParts, 'engine' | 'types'>,
): Fact[] {
  return facts.filter(
    ({ workspaceId, type, params }) =>
      engine.loudTypes(workspaceId).has(type) &&
      types.settingsOf(workspaceId, type).active &&
      !isMachineVisit(type, params),
  );
}

/** Custom events may have a parameter of that name. */
function isMachineVisit(type: string, params: Fact['params']): boolean {
  return (type === 'MessageOpened' || type === 'MessageClicked') && 'machine' in params;
}

/** The first fact of every contact, then the second, and so on; what is nobody's has no order. */
export function layersOf(facts: Fact[]): Fact[][] {
  const layers: Fact[][] = [];
  const depth = new Map<number, number>();
  for (const fact of facts) {
    const n = fact.contactId === 0 ? 0 : (depth.get(fact.contactId) ?? 0);
    depth.set(fact.contactId, n + 1);
    (layers[n] ??= []).push(fact);
  }
  return layers;
}
