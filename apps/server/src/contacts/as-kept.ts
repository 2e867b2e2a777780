import type { Pool } from '../db/index.ts';
import type { WorkspaceRef } from '../http/index.ts';
import type { Wanted } from './choose-by-query.ts';
import { withoutKept, type ContactQuestions } from './filter/contact-sources.ts';
import type { KeptTypes } from './filter/statement.ts';

/** Asks what somebody wants to see with the times of events that are kept, and keeps more if it was slow. */
export function asKept<Answer>(
  db: Pool,
  {
    workspace: { id: workspaceId },
    now,
    questions,
    wanted: { filter },
  }: { workspace: WorkspaceRef; now: Date; questions: ContactQuestions; wanted: Wanted },
  ask: (kept: KeptTypes) => Promise<Answer>,
): Promise<Answer> {
  // Only filters ask for events.
  const { withKept = withoutKept } = filter === undefined ? {} : questions;
  return withKept(db, { workspaceId, tend: { pool: db, now } }, ask);
}
