import { findBadSql } from './checks/find-bad-sql.ts';
import { isProgram, readSources, report } from './checks/server-sources.ts';

// The SQL of the server and the conditions must run on PostgreSQL and on a Citus cluster.
const sources = await Promise.all([
  readSources('apps/server/src', isProgram),
  readSources('apps/server/migrations', (path) => path.endsWith('.sql')),
  readSources('packages', isProgram),
]);

report(sources.flat().flatMap(findBadSql));
