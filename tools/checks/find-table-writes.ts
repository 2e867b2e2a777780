import { lineOf, roomOf, type Source } from './server-sources.ts';

export interface TableWrite {
  path: string;
  line: number;
  room: string;
  table: string;
}

const name = '"?(?:public\\.)?([a-z_][a-z0-9_]*)"?';

/** Statements of SQL, calls of the query builder, and rows sent by COPY. */
const writes = [
  new RegExp(`\\binsert\\s+into\\s+${name}`, 'gi'),
  new RegExp(`\\bupdate\\s+(?:only\\s+)?${name}`, 'gi'),
  new RegExp(`\\bdelete\\s+from\\s+(?:only\\s+)?${name}`, 'gi'),
  new RegExp(`\\bmerge\\s+into\\s+${name}`, 'gi'),
  new RegExp(`\\btruncate\\s+(?:table\\s+)?${name}`, 'gi'),
  new RegExp(`\\bcopy\\s+${name}\\s*(?:\\([^)]*\\)\\s*)?from\\b`, 'gi'),
  /\.(?:insertInto|updateTable|deleteFrom|mergeInto)\(\s*['"`]([a-z_]+)/g,
  /\bcopyRows\(\s*[^,()]+,\s*(?:\{\s*table:\s*)?['"`]([a-z_]+)/g,
];

/** Every place where a source writes one of the tables. */
export function findTableWrites({ path, text }: Source, tables: Set<string>): TableWrite[] {
  return writes.flatMap((pattern) =>
    [...text.matchAll(pattern)]
      .map((match) => ({ table: match[1] ?? '', index: match.index }))
      .filter(({ table }) => tables.has(table))
      .map(({ table, index }) => ({
        path,
        line: lineOf(text, index),
        room: roomOf(path),
        table,
      })),
  );
}

export function tablesOf(schema: string): string[] {
  return [...schema.matchAll(/^create table ([a-z_0-9]+)/gm)].map((match) => match[1] ?? '');
}
