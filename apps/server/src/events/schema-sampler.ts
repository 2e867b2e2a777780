import { advisoryLocks, inTransaction, type Pool, type Tx } from '../db/index.ts';
import type { Fact } from './fact.ts';
import { sampleParams, type PathSample } from './sample-params.ts';
import { writeSamples, type SampleRow } from './write-samples.ts';

/** Facts of a type that are all looked at, and then every so many. */
const FIRST = 100;
const THEN_EVERY = 100;

/** A path that shows nothing new is written again after this long, for its last sight. */
const RENEW_MS = 10 * 60_000;

const FLUSH_EVERY_MS = 5000;

/** Types of which samples are kept in memory; beyond, the one first seen gives way. */
const MOST_TYPES = 500;

interface TypeSample {
  facts: number;
  paths: Map<string, PathSample>;
  /** Paths to be written, and when each was written last. */
  dirty: Set<string>;
  writtenAt: Map<string, number>;
}

export interface SchemaSampler {
  /** Looks at some of the facts; takes no time worth speaking of. */
  observe(facts: readonly Fact[]): void;
  /** Writes what was learned, in a statement of its own. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Learns what the parameters of event types look like, for a process. What is learned from a batch
 * that is rolled back stays learned: it was sent.
 */
export function createSchemaSampler({
  pool,
  clock,
  onError,
}: {
  pool: Pool;
  clock: () => Date;
  onError: (cause: unknown) => void;
}): SchemaSampler {
  const types = new Map<number, TypeSample>();
  /** How far erasures were when the samples in memory were last known to be free of them. */
  let erasures: number | undefined;
  const timer = setInterval(() => void flush().catch(onError), FLUSH_EVERY_MS);
  timer.unref();

  async function flush(): Promise<void> {
    const now = clock();
    const samples = [...types].flatMap(([typeId, type]) => takeDirty(typeId, type, now.getTime()));
    if (samples.length === 0) return;
    try {
      await inTransaction(pool, async (tx) => {
        if (await isClean(tx)) await writeSamples(tx, { samples, now });
        else types.clear();
      });
    } catch (cause) {
      for (const { typeId, path } of samples) types.get(typeId)?.dirty.add(path);
      throw cause;
    }
  }

  /**
   * Examples may be from somebody who was erased meanwhile: then everything is learned anew. Under
   * the lock nobody is being erased.
   */
  async function isClean(tx: Tx): Promise<boolean> {
    await tx.query(`select pg_advisory_xact_lock($1)`, [advisoryLocks.samples]);
    const { rows } = await tx.query<{ n: number }>(
      // One that goes on counts when it begins, and once more when it is done.
      `select (count(erased_at) + count(*) filter (where removed <> '{}'))::int as n from erasures`,
    );
    const known = erasures;
    erasures = rows[0]!.n;
    return known === undefined ? erasures === 0 : known === erasures;
  }

  return {
    observe(facts) {
      const now = clock().getTime();
      for (const { typeId, params } of facts) {
        const type = sampleOf(types, typeId);
        type.facts += 1;
        if (type.facts > FIRST && type.facts % THEN_EVERY !== 0) continue;
        look(type, params, now);
      }
    },
    flush,
    async close() {
      clearInterval(timer);
      await flush();
    },
  };
}

function look(type: TypeSample, params: Fact['params'], now: number): void {
  const { seen, learned } = sampleParams(params, type.paths);
  for (const path of learned) type.dirty.add(path);
  for (const path of seen) {
    if (now - (type.writtenAt.get(path) ?? 0) >= RENEW_MS) type.dirty.add(path);
  }
}

function sampleOf(types: Map<number, TypeSample>, typeId: number): TypeSample {
  const known = types.get(typeId);
  if (known) return known;
  if (types.size >= MOST_TYPES) types.delete(types.keys().next().value!);
  const fresh = { facts: 0, paths: new Map(), dirty: new Set<string>(), writtenAt: new Map() };
  types.set(typeId, fresh);
  return fresh;
}

function takeDirty(typeId: number, type: TypeSample, now: number): SampleRow[] {
  const paths = [...type.dirty];
  type.dirty.clear();
  return paths.map((path) => {
    const { types, examples } = type.paths.get(path)!;
    type.writtenAt.set(path, now);
    return { typeId, path, types: [...types], examples: [...examples] };
  });
}
