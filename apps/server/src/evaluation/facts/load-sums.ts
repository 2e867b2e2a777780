import { createHash } from 'node:crypto';
import {
  compileCondensed,
  condensedEvents,
  type CondensedEvents,
  type CondensedPart,
} from '@perennial/conditions';
import type { Tx } from '../../db/index.ts';
import {
  buildSums,
  holdTypes,
  readPartEvents,
  readSums,
  type EventTypeIds,
  type SumsKept,
  type SumsWanted,
} from '../../events/index.ts';
import type { FactsAsked } from './load-facts.ts';

/** What stands in for the events of a contact that has very many, where conditions ask it. */
export interface KeptSums {
  /** Of the question, as the interpreter knows it. */
  key: string;
  kept: SumsKept;
  events: CondensedEvents;
}

interface SumParts {
  workspaceId: number;
  eventTypes: EventTypeIds;
  mostEvents: number;
  now: Date;
}

type Wanted = SumsWanted & { key: string };

/** By contact asked; of those that have few events nothing. In a transaction that owns their slots. */
export async function loadSums(
  tx: Tx,
  asked: readonly FactsAsked[],
  parts: SumParts,
): Promise<KeptSums[][]> {
  const wanted = await wantedOf(asked, parts);
  const all = new Map(wanted.flat().map((one) => [placeOf(one), one]));
  const kept = all.size === 0 ? [] : await readOrBuild(tx, [...all.values()], parts);
  const byPlace = new Map(kept.map((one) => [placeOf(one), one]));
  return wanted.map((own) =>
    own.map((one) => {
      const found = byPlace.get(placeOf(one))!;
      return {
        key: one.key,
        kept: found,
        events: condensedEvents(one.question.event, found.parts),
      };
    }),
  );
}

async function wantedOf(
  asked: readonly FactsAsked[],
  { workspaceId, eventTypes, now }: SumParts,
): Promise<Wanted[][]> {
  const sumsOf = ({ isBusy, needs }: FactsAsked) =>
    isBusy
      ? [...needs.events].flatMap(([type, { sums }]) => [...sums].map((sum) => ({ type, sum })))
      : [];
  const types = new Set(asked.flatMap(sumsOf).map(({ type }) => type));
  if (types.size === 0) return asked.map(() => []);
  const ids = await eventTypes.idsOf(workspaceId, types, now);
  return asked.map((one) =>
    sumsOf(one).map(({ type, sum: [key, question] }) => ({
      contactId: one.contact.id,
      typeId: ids.get(type)!,
      question,
      key,
      hash: createHash('sha256').update(key).digest('hex'),
    })),
  );
}

/** Whatever is missing is read from all events, once. */
async function readOrBuild(
  tx: Tx,
  wanted: readonly Wanted[],
  { mostEvents: most, now }: SumParts,
): Promise<SumsKept[]> {
  const held = await holdTypes(tx, { typeIds: [...new Set(wanted.map(({ typeId }) => typeId))] });
  const sums = await readSums(tx, { wanted, now });
  const found = new Set(sums.map(placeOf));
  const missing = wanted.filter((one) => !found.has(placeOf(one)));
  const ofTypes = Map.groupBy(missing, ({ contactId, typeId }) => `${contactId} ${typeId}`);
  for (const own of ofTypes.values()) {
    const keep = held.has(own[0]!.typeId);
    sums.push(...(await buildSums(tx, { wanted: own, most, keep, now })));
  }
  return sums;
}

function placeOf({ contactId, typeId, hash }: Omit<SumsWanted, 'question'>): string {
  return `${contactId} ${typeId} ${hash}`;
}

/** Reads the events of parts within which a period ends. */
export async function openSums(tx: Tx, { sums }: { sums: readonly KeptSums[] }): Promise<void> {
  const wanted = sums.flatMap((own) => own.events.wanted().map((part) => ({ own, part })));
  const found = await readPartEvents(tx, { ranges: wanted.map(rangeOf) });
  wanted.forEach(({ own: { kept, events }, part }, n) => {
    const { question } = kept;
    const numbersOf = compileCondensed(question);
    const passing = found[n]!.filter((event) => numbersOf(event) !== undefined);
    events.open(
      part,
      passing.map((event) => ({ ...event, event: question.event })),
    );
  });
}

function rangeOf({ own: { kept }, part }: { own: KeptSums; part: CondensedPart }) {
  const { contactId, typeId, partMs } = kept;
  return { contactId, typeId, from: part.part * partMs, to: (part.part + 1) * partMs };
}
