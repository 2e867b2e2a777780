import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { copyOut, inTransaction, type Pool, type Tx } from '../db/index.ts';
import type { Close, Header, TableEnd, TableStart } from './contents.ts';
import {
  copyOutStatement,
  findFingerprint,
  findMigrations,
  findPartitions,
  findSequences,
  findTables,
  serverVersion,
  useCanonicalText,
} from './queries.ts';
import { compressor, marked, record } from './records.ts';

/**
 * Writes all tables as they stand at one instant, while the program goes on. The file appears under
 * its name only when it is whole.
 */
export async function writeBackup(
  pool: Pool,
  { path, now }: { path: string; now: Date },
): Promise<{ schemaVersion: number; tables: TableEnd[] }> {
  const unfinished = `${path}.unfinished`;
  const tables: TableEnd[] = [];
  try {
    const header = await inTransaction(pool, (tx) => writeFile(tx, { unfinished, now, tables }), {
      isolation: 'repeatable read',
      readOnly: true,
    });
    await rename(unfinished, path);
    return { schemaVersion: header.schemaVersion, tables };
  } finally {
    await rm(unfinished, { force: true });
  }
}

async function writeFile(
  tx: Tx,
  { unfinished, now, tables }: { unfinished: string; now: Date; tables: TableEnd[] },
): Promise<Header> {
  await useCanonicalText(tx);
  const header = await readHeader(tx, now);
  const file = createWriteStream(unfinished, { mode: 0o600, flush: true });
  await pipeline(Readable.from(records(tx, header, tables)), compressor(), marked, file);
  return header;
}

async function readHeader(tx: Tx, now: Date): Promise<Header> {
  const migrations = await findMigrations(tx);
  return {
    schemaVersion: migrations.at(-1)?.version ?? 0,
    migrations,
    secretFingerprint: await findFingerprint(tx),
    createdAt: now.toISOString(),
    postgres: await serverVersion(tx),
    partitions: await findPartitions(tx),
  };
}

async function* records(tx: Tx, header: Header, tables: TableEnd[]): AsyncGenerator<Buffer> {
  yield record('header', header);
  for (const table of await findTables(tx)) {
    yield record('table', table);
    const end = yield* dataRecords(tx, table);
    yield record('end', end);
    tables.push(end);
  }
  // Sequences do not belong to the snapshot. Read after the rows, they are never behind them.
  const close: Close = { tables, sequences: await findSequences(tx) };
  yield record('close', close);
}

async function* dataRecords(tx: Tx, table: TableStart): AsyncGenerator<Buffer, TableEnd> {
  const checksum = createHash('sha256');
  let bytes = 0;
  let rows = 0;
  for await (const chunk of copyOut(tx, copyOutStatement(table)) as AsyncIterable<Buffer>) {
    checksum.update(chunk);
    bytes += chunk.length;
    rows += countLines(chunk);
    yield record('data', chunk);
  }
  return { table: table.table, rows, bytes, checksum: checksum.digest('hex') };
}

/** A line break within a value is written as \n, so that each line is a row. */
export function countLines(chunk: Buffer): number {
  let lines = 0;
  for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) lines += 1;
  return lines;
}
