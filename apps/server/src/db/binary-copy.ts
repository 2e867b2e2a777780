import { finished } from 'node:stream/promises';
import { from as copyFrom } from 'pg-copy-streams';
import type { Connection } from './pool.ts';

/** How a column travels in PostgreSQL's binary COPY format. */
export type CopyType =
  'int8' | 'int4' | 'int2' | 'text' | 'bool' | 'jsonb' | 'bytea' | 'timestamptz';

export type CopyValue = number | string | boolean | Buffer | null | undefined;

const SIGNATURE = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
const TRAILER = Buffer.from([0xff, 0xff]);
const JSONB_VERSION = 1;
/** PostgreSQL counts microseconds from 2000-01-01. */
const POSTGRES_EPOCH_MS = 946_684_800_000;

/**
 * Inserts rows by binary COPY inside the connection's transaction: the fastest way in.
 * `timestamptz` values are epoch milliseconds, `jsonb` values are JSON text.
 */
export async function copyRows(
  connection: Connection,
  table: string,
  columns: [name: string, type: CopyType][],
  rows: CopyValue[][],
): Promise<void> {
  if (rows.length === 0) return;
  const names = columns.map(([name]) => name).join(', ');
  const types = columns.map(([, type]) => type);
  const stream = connection.query(copyFrom(`copy ${table} (${names}) from stdin (format binary)`));
  stream.end(encodeRows(types, rows));
  await finished(stream);
}

/** The rows as one COPY message: lengths first, so that a single buffer is filled once. */
function encodeRows(types: CopyType[], rows: CopyValue[][]): Buffer {
  const fields = rows.map((row) => row.map((value, i) => encodeField(types[i]!, value)));
  const bytes = fields.reduce(
    (sum, row) => sum + row.reduce((width, field) => width + 4 + (field?.length ?? 0), 2),
    SIGNATURE.length + TRAILER.length,
  );
  const buffer = Buffer.allocUnsafe(bytes);
  let offset = SIGNATURE.copy(buffer);
  for (const row of fields) {
    offset = buffer.writeInt16BE(row.length, offset);
    for (const field of row) {
      offset = buffer.writeInt32BE(field ? field.length : -1, offset);
      if (field) offset += field.copy(buffer, offset);
    }
  }
  TRAILER.copy(buffer, offset);
  return buffer;
}

function encodeField(type: CopyType, value: CopyValue): Buffer | null {
  if (value === null || value === undefined) return null;
  return encoders[type](value as never);
}

const encoders: { [Type in CopyType]: (value: never) => Buffer } = {
  int8: (value: number) => {
    const buffer = Buffer.allocUnsafe(8);
    buffer.writeBigInt64BE(BigInt(value));
    return buffer;
  },
  int4: (value: number) => {
    const buffer = Buffer.allocUnsafe(4);
    buffer.writeInt32BE(value);
    return buffer;
  },
  int2: (value: number) => {
    const buffer = Buffer.allocUnsafe(2);
    buffer.writeInt16BE(value);
    return buffer;
  },
  bool: (value: boolean) => Buffer.from([value ? 1 : 0]),
  text: (value: string) => Buffer.from(value, 'utf8'),
  jsonb: (value: string) => {
    const buffer = Buffer.allocUnsafe(Buffer.byteLength(value) + 1);
    buffer[0] = JSONB_VERSION;
    buffer.write(value, 1, 'utf8');
    return buffer;
  },
  bytea: (value: Buffer) => value,
  timestamptz: (value: number) => {
    const buffer = Buffer.allocUnsafe(8);
    buffer.writeBigInt64BE(BigInt(value - POSTGRES_EPOCH_MS) * 1000n);
    return buffer;
  },
};
