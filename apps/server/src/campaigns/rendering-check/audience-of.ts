import type { renderingAudienceSchema } from '@perennial/contracts';
import type { z } from 'zod';
import type { ContactQuestions } from '../../contacts/index.ts';
import type { Tx } from '../../db/index.ts';
import { readMembers } from '../../evaluation/index.ts';
import { inLongStatement, type Piece } from '../../jobs/index.ts';
import { listWorkspaces } from '../../workspaces/index.ts';
import { audienceQuestion, type Audience } from '../audience-rule.ts';
import { findCampaign } from '../queries.ts';

/** For whom a message is rendered, as it is kept with the job. */
export type RenderingAudience = z.output<typeof renderingAudienceSchema>;

export interface Asking {
  jobId: number;
  workspaceId: number;
  audience: RenderingAudience;
  questions: ContactQuestions;
  /** Contacts in a piece. */
  size: number;
  now: Date;
}

/** Who is in the audience at one moment, in pieces. */
export async function readPieces(tx: Tx, asking: Asking): Promise<Piece[]> {
  return inLongStatement(tx, { id: asking.jobId }, () =>
    asking.audience.kind === 'all' ? everybody(tx, asking) : members(tx, asking),
  );
}

/** Index contacts_of_workspace. */
async function everybody(tx: Tx, { workspaceId, size }: Asking): Promise<Piece[]> {
  const { rows } = await tx.query<Piece>(
    `select count(*)::integer as n, array_agg(id order by id)::text as contact_ids
       from (select id, (row_number() over (order by id) - 1) / $2 as piece
               from contacts
              where workspace_id = $1 and deleted_at is null and merged_into is null) found
      group by piece
      order by piece`,
    [workspaceId, size],
  );
  return rows;
}

async function members(tx: Tx, asking: Asking): Promise<Piece[]> {
  const { workspaceId, questions, size, now } = asking;
  const audience = await audienceOf(tx, asking);
  const [workspace] = await listWorkspaces(tx, { ids: [workspaceId] });
  if (!audience || !workspace) return [];
  const question = await audienceQuestion(tx, {
    campaign: audience,
    workspaceId,
    workspaceZone: workspace.time_zone,
    workspaceCurrency: workspace.currency,
    questions,
    now,
  });
  const pieces: Piece[] = [];
  for await (const read of readMembers(tx, question, { size })) {
    pieces.push({ n: read.length, contact_ids: `{${read.map(({ id }) => id).join(',')}}` });
  }
  return pieces;
}

async function audienceOf(
  tx: Tx,
  { workspaceId, audience }: Asking,
): Promise<Audience | undefined> {
  if (audience.kind === 'segments') return { ...audience, follows: null };
  if (audience.kind !== 'campaign') return undefined;
  const campaign = await findCampaign(tx, { workspaceId, id: audience.campaign });
  return campaign && (campaign.include.length > 0 || campaign.follows) ? campaign : undefined;
}
