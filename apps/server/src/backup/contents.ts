import { z } from 'zod';
import { DamagedBackup, readRecords, type FileRecord, type RecordKind } from './records.ts';

export const header = z.object({
  /** Version of the schema, and the migrations that led to it. */
  schemaVersion: z.int(),
  migrations: z.array(z.object({ version: z.int(), name: z.string(), checksum: z.string() })),
  secretFingerprint: z.string().nullable(),
  createdAt: z.iso.datetime(),
  postgres: z.string(),
  partitions: z.array(z.object({ parent: z.string(), name: z.string(), bound: z.string() })),
});
export type Header = z.infer<typeof header>;

export const tableStart = z.object({ table: z.string(), columns: z.array(z.string()) });
export type TableStart = z.infer<typeof tableStart>;

export const tableEnd = z.object({
  table: z.string(),
  rows: z.int(),
  bytes: z.int(),
  /** Of the COPY text, SHA-256 in hexadecimal. */
  checksum: z.string(),
});
export type TableEnd = z.infer<typeof tableEnd>;

export const close = z.object({
  tables: z.array(tableEnd),
  /** The last number that each sequence gave out, null if none. */
  sequences: z.array(z.object({ name: z.string(), value: z.number().nullable() })),
});
export type Close = z.infer<typeof close>;

/** A table in the file: its start, and its pieces up to the record that ends it. */
export interface TableInFile extends TableStart {
  data: AsyncGenerator<Buffer, TableEnd>;
}

/** Walks through a file in its order: the header, then each table, and at last the close. */
export class BackupReader {
  readonly header: Header;
  readonly #records: AsyncGenerator<FileRecord>;
  #close: Close | undefined;

  private constructor(records: AsyncGenerator<FileRecord>, first: Header) {
    this.#records = records;
    this.header = first;
  }

  /** Opens the file for the time of `act`. */
  static async read<Outcome>(
    path: string,
    act: (reader: BackupReader) => Promise<Outcome>,
  ): Promise<Outcome> {
    const records = readRecords(path);
    try {
      const { value } = await records.next();
      if (value?.kind !== 'header') throw new DamagedBackup('it does not begin with a header');
      return await act(new BackupReader(records, parse(header, value)));
    } finally {
      await records.return(undefined);
    }
  }

  /** What the file says of itself at its end; only after its tables. */
  get close(): Close {
    if (!this.#close) throw new DamagedBackup('it was cut off');
    return this.#close;
  }

  /** Each table's data must be read to its end before the next. */
  async *tables(): AsyncGenerator<TableInFile> {
    for (;;) {
      const next = await this.#next(['table', 'close']);
      if (next.kind === 'close') {
        // To the last byte: a cut end may show only there.
        const { done } = await this.#records.next();
        if (!done) throw new DamagedBackup('something follows its close');
        this.#close = parse(close, next);
        return;
      }
      yield { ...parse(tableStart, next), data: this.#data() };
    }
  }

  async *#data(): AsyncGenerator<Buffer, TableEnd> {
    for (;;) {
      const next = await this.#next(['data', 'end']);
      if (next.kind === 'end') return parse(tableEnd, next);
      yield next.content;
    }
  }

  async #next(expected: RecordKind[]): Promise<FileRecord> {
    const { value } = await this.#records.next();
    if (!value) throw new DamagedBackup('it was cut off');
    if (!expected.includes(value.kind)) throw new DamagedBackup('its records are out of order');
    return value;
  }
}

function parse<Schema extends z.ZodType>(
  schema: Schema,
  { kind, content }: FileRecord,
): z.infer<Schema> {
  try {
    return schema.parse(JSON.parse(content.toString('utf8')));
  } catch (cause) {
    throw new DamagedBackup(`its ${kind} cannot be understood`, { cause });
  }
}
