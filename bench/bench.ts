import type { BenchDatabase } from './database.ts';

/** One figure beside its budget and beside what the machine itself can do in the same run. */
export interface Figure {
  what: string;
  /** Measured. */
  value: number;
  unit: string;
  /** The budget; `atMost` for latencies and sizes. */
  budget?: number;
  atMost?: boolean;
  /** What the machine does without us: the same rows by COPY, one commit, a bare sink. */
  limit?: { what: string; value: number };
  note?: string;
}

export interface BenchContext {
  database: BenchDatabase;
  log: (line: string) => void;
  /** Shrinks or stretches the amount of work; 1 is what the documentation quotes. */
  scale: number;
}

export interface Bench {
  name: string;
  title: string;
  run(context: BenchContext): Promise<Figure[]>;
}
