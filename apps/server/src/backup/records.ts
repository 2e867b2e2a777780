import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { constants, createZstdCompress, createZstdDecompress } from 'node:zlib';
import type { Transform } from 'node:stream';

/**
 * The form of a backup file: a mark, a zstd stream of records, and a mark that it ends. A record is a letter, a length
 * (32 bits, big-endian) and so many bytes: JSON, except for data.
 */
export type RecordKind =
  /** First: what the file was written from. */
  | 'header'
  /** Begins a table: its name and columns. */
  | 'table'
  /** A piece of the table's COPY text; pieces end anywhere. */
  | 'data'
  /** Ends a table: its rows and checksum. */
  | 'end'
  /** Last: a file without it was cut off. */
  | 'close';

export interface FileRecord {
  kind: RecordKind;
  content: Buffer;
}

const mark = Buffer.from('PERENNIAL BACKUP 1\n');
const endMark = Buffer.from('\nPERENNIAL END\n');
const letters: Record<RecordKind, string> = {
  header: 'H',
  table: 'T',
  data: 'D',
  end: 'E',
  close: 'C',
};
const kinds = new Map(
  (Object.keys(letters) as RecordKind[]).map((kind) => [letters[kind].charCodeAt(0), kind]),
);
const headBytes = 5;
const longestRecord = 64 * 1024 * 1024;

/** The file of a compressed stream. */
export async function* marked(compressed: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield mark;
  yield* compressed;
  yield endMark;
}

export function compressor(): Transform {
  // With a checksum of its own, so that no altered byte that means something goes unnoticed.
  return createZstdCompress({ params: { [constants.ZSTD_c_checksumFlag]: 1 } });
}

export function record(kind: RecordKind, content: Buffer | object): Buffer {
  const bytes = Buffer.isBuffer(content) ? content : Buffer.from(JSON.stringify(content));
  const head = Buffer.alloc(headBytes);
  head.write(letters[kind], 'latin1');
  head.writeUInt32BE(bytes.length, 1);
  return Buffer.concat([head, bytes]);
}

/** The records of a file, one at a time; throws `DamagedBackup` where it cannot be read. */
export async function* readRecords(path: string): AsyncGenerator<FileRecord> {
  const end = await requireMarks(path);
  const source = createReadStream(path, { start: mark.length, end });
  const plain = createZstdDecompress();
  source.on('error', (error) => plain.destroy(error));
  try {
    yield* splitRecords(source.pipe(plain));
  } catch (cause) {
    if (cause instanceof DamagedBackup) throw cause;
    throw new DamagedBackup((cause as Error).message, { cause });
  } finally {
    source.destroy();
    plain.destroy();
  }
}

export class DamagedBackup extends Error {
  constructor(reason: string, options?: ErrorOptions) {
    super(`The backup file is damaged: ${reason}.`, options);
  }
}

/** Both; answers where the last byte between them is. A decompressor alone may not miss the last few. */
async function requireMarks(path: string): Promise<number> {
  const file = await open(path);
  try {
    const { buffer } = await file.read({ buffer: Buffer.alloc(mark.length), position: 0 });
    if (!buffer.equals(mark)) throw new Error(`${path} is not a backup that Perennial wrote.`);
    const end = (await file.stat()).size - endMark.length;
    const last = { buffer: Buffer.alloc(endMark.length), position: Math.max(0, end) };
    const isWhole = end > mark.length && (await file.read(last)).buffer.equals(endMark);
    if (!isWhole) throw new DamagedBackup('it was cut off');
    return end - 1;
  } finally {
    await file.close();
  }
}

async function* splitRecords(plain: Readable): AsyncGenerator<FileRecord> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of plain as AsyncIterable<Buffer>) {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let found = firstRecord(rest);
    while (found) {
      yield found.record;
      rest = rest.subarray(found.length);
      found = firstRecord(rest);
    }
  }
  if (rest.length > 0) throw new DamagedBackup('it ends in the middle of a record');
}

function firstRecord(bytes: Buffer): { record: FileRecord; length: number } | undefined {
  if (bytes.length < headBytes) return undefined;
  const kind = kinds.get(bytes.readUInt8(0));
  const size = bytes.readUInt32BE(1);
  if (!kind || size > longestRecord) throw new DamagedBackup('it holds an unknown record');
  const length = headBytes + size;
  if (bytes.length < length) return undefined;
  return { record: { kind, content: bytes.subarray(headBytes, length) }, length };
}
