import type { Definition, SegmentDescription } from '@perennial/conditions';
import type { Db } from '../db/index.ts';
import { segmentsIn, usesEvent } from './rule-content.ts';

/**
 * What conditions can ask for by the IDs of segments, with what those ask for: by the rule as it was
 * saved last, and by the one whose members are kept still, so that no two ever lead to each other.
 */
export async function readSegmentCatalogue(
  db: Db,
  { workspaceId }: { workspaceId: number },
): Promise<Map<string, SegmentDescription & { isList: boolean }>> {
  const { rows } = await db.query<{
    id: number;
    name: string;
    kind: string;
    definition: Definition | null;
  }>(
    `select s.id, s.name, s.kind, v.definition
       from segments s
       left join segment_versions v
         on v.segment_id = s.id
        and (v.version = s.version
          or v.version = (select max(l.version) from segment_versions l where l.segment_id = s.id))
      where s.workspace_id = $1 and s.archived_at is null
      order by s.id, v.version`,
    [workspaceId],
  );
  const catalogue = new Map<string, SegmentDescription & { isList: boolean }>();
  for (const { id, name, kind, definition } of rows) {
    const known = catalogue.get(String(id));
    const segments = definition ? segmentsIn(definition) : [];
    catalogue.set(String(id), {
      name,
      isList: kind === 'list',
      segments: [...(known?.segments ?? []), ...segments],
      // What counts is the last rule: the one before has its members for a while yet.
      usesEvent: definition !== null && usesEvent(definition),
    });
  }
  return catalogue;
}

/** Runs of archived workflows were runs, too. A workspace has hundreds at most. */
export async function readWorkflowIds(
  db: Db,
  { workspaceId }: { workspaceId: number },
): Promise<Set<string>> {
  const { rows } = await db.query<{ id: number }>(
    `select id from workflows where workspace_id = $1`,
    [workspaceId],
  );
  return new Set(rows.map(({ id }) => String(id)));
}
