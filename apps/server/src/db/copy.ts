import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { from, to } from 'pg-copy-streams';
import type { Client, Connection } from './pool.ts';

/** Sends `source` as the data of a `copy ... from stdin`; resolves when the server has it all. */
export async function copyIn(
  connection: Connection | Client,
  statement: string,
  source: Readable | Iterable<Buffer | string> | AsyncIterable<Buffer | string>,
): Promise<number> {
  const sink = connection.query(from(statement));
  await pipeline(source instanceof Readable ? source : Readable.from(source), sink);
  return sink.rowCount;
}

/** The data of a `copy ... to stdout` as a stream, with back-pressure up to the server. */
export function copyOut(connection: Connection | Client, statement: string): Readable {
  return connection.query(to(statement));
}
