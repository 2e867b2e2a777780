import { readFile } from 'node:fs/promises';
import { findTableWrites, tablesOf } from './checks/find-table-writes.ts';
import { isProgram, readSources, report } from './checks/server-sources.ts';
import { tableOwners } from './checks/table-owners.ts';

// Only the room that owns a table writes it.
const schema = new URL('../apps/server/schema.sql', import.meta.url);
const tables = tablesOf(await readFile(schema, 'utf8'));
const sources = await readSources('apps/server/src', isProgram);

const ownerless = tables
  .filter((table) => !tableOwners[table])
  .map((table) => `tools/checks/table-owners.ts: table ${table} has no owner`);
const gone = Object.keys(tableOwners)
  .filter((table) => !tables.includes(table))
  .map((table) => `tools/checks/table-owners.ts: there is no table ${table}`);
const strangers = sources
  .flatMap((source) => findTableWrites(source, new Set(tables)))
  .filter(({ room, table }) => !tableOwners[table]?.includes(room))
  .map(
    ({ path, line, table }) =>
      `${path}:${line} writes ${table}, which belongs to ${tableOwners[table]?.join(', ')}`,
  );

report([...ownerless, ...gone, ...strangers]);
