import type { Db, Tx } from '../db/index.ts';

export interface MappingRow {
  id: number;
  parameter: string;
  field: string;
  created_at: Date;
}

const COLUMNS = 'id, parameter, field, created_at';

/** In order of priority: the oldest first. */
export async function listMappings(
  db: Db,
  { workspaceId }: { workspaceId: number },
): Promise<MappingRow[]> {
  const { rows } = await db.query<MappingRow>(
    `select ${COLUMNS} from event_mappings where workspace_id = $1 order by id`,
    [workspaceId],
  );
  return rows;
}

/** Undefined when there is a rule for the parameter; index event_mappings_parameter. */
export async function insertMapping(
  tx: Tx,
  mapping: { workspaceId: number; parameter: string; field: string; now: Date },
): Promise<MappingRow | undefined> {
  const { rows } = await tx.query<MappingRow>(
    `insert into event_mappings (workspace_id, parameter, field, created_at)
     values ($1, $2, $3, $4)
         on conflict (workspace_id, lower(parameter)) do nothing
     returning ${COLUMNS}`,
    [mapping.workspaceId, mapping.parameter, mapping.field, mapping.now],
  );
  return rows[0];
}

export async function deleteMappingRow(
  tx: Tx,
  { workspaceId, id }: { workspaceId: number; id: number },
): Promise<MappingRow | undefined> {
  const { rows } = await tx.query<MappingRow>(
    `delete from event_mappings where workspace_id = $1 and id = $2 returning ${COLUMNS}`,
    [workspaceId, id],
  );
  return rows[0];
}
