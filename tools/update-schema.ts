import { writeFile } from 'node:fs/promises';
import { describeSchema } from '../apps/server/src/db/describe-schema.ts';
import { createPool } from '../apps/server/src/db/pool.ts';
import { startTestServer } from '../apps/server/src/db/test-server.ts';

// Writes apps/server/schema.sql from all migrations.
const server = await startTestServer(undefined);
const pool = createPool({ url: server.templateUrl, max: 1 });
await writeFile(new URL('../apps/server/schema.sql', import.meta.url), await describeSchema(pool));
await pool.end();
await server.stop();
