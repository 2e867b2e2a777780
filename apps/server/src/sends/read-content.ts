import type { Db } from '../db/index.ts';
import type { JsonObject } from '../inbox/index.ts';
import { renderWork, type RenderParts } from './senders/render-work.ts';
import { describeProblem } from './senders/rendering-problem.ts';
import { loadWork } from './senders/work-queries.ts';

/** What a delivery said. */
export interface DeliveryContent {
  content: JsonObject | null;
  /** As the sandbox got it, or rendered now, which may differ where the contact has changed. */
  source: 'received' | 'rendered_again' | null;
  problem: string | null;
  /** Of e-mail in the sandbox: as it went over the line. */
  raw: Buffer | null;
}

export async function readContent(
  db: Db,
  parts: RenderParts,
  {
    contactId,
    deliveryId,
    track,
    now,
  }: { contactId: number; deliveryId: number; track: boolean; now: Date },
): Promise<DeliveryContent> {
  const { rows } = await db.query<{ content: JsonObject; raw: Buffer | null }>(
    `select content, raw from sandbox_messages where contact_id = $1 and delivery_id = $2`,
    [contactId, deliveryId],
  );
  if (rows[0]) return { ...rows[0], source: 'received', problem: null };
  const key = { contact_id: contactId, id: deliveryId };
  const [work] = await loadWork(db, { keys: [key], anyState: true });
  if (!work) return { content: null, source: null, problem: 'The delivery is gone.', raw: null };
  const [rendered] = await renderWork(parts, { rows: [work], mailing: undefined, track, now });
  return rendered?.ok
    ? { content: rendered.content, source: 'rendered_again', problem: null, raw: null }
    : {
        content: null,
        source: null,
        problem: rendered ? describeProblem(rendered.problem) : null,
        raw: null,
      };
}
