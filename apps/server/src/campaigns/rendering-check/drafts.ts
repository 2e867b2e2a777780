import { personalisationSchema } from '@perennial/contracts';
import type { Db, Tx } from '../../db/index.ts';
import type { CheckedContent, VersionRow } from '../../messages/index.ts';

/** Kept as long as the job is. */
export async function keepDraft(
  tx: Tx,
  {
    jobId,
    defaultLanguage,
    draft: { content, compiled },
  }: { jobId: number; defaultLanguage: string; draft: CheckedContent },
): Promise<void> {
  await tx.query(
    `insert into rendering_drafts (job_id, default_language, content, compiled) values ($1, $2, $3, $4)`,
    [jobId, defaultLanguage, JSON.stringify(content), JSON.stringify(compiled)],
  );
}

/** As if it were a version of its message. */
export async function loadDraft(
  db: Db,
  { jobId, messageId }: { jobId: number; messageId: number },
): Promise<VersionRow | undefined> {
  const { rows } = await db.query<VersionRow>(
    `select m.id as message_id, m.version, m.workspace_id, m.key, m.name, m.channel,
            d.default_language, d.content, d.compiled, v.personalisation
       from rendering_drafts d
       join messages m on m.id = $2
       join message_versions v on v.message_id = m.id and v.version = m.version
      where d.job_id = $1`,
    [jobId, messageId],
  );
  return rows.map((row) => ({
    ...row,
    personalisation: personalisationSchema.parse(row.personalisation),
  }))[0];
}
