import type {
  CampaignFollows,
  CampaignPace,
  CampaignSchedule,
  CampaignSplit,
  CampaignTerms,
} from '@perennial/contracts';
import { changesBetween, writeAudit } from '../audit/index.ts';
import type { Db, Tx } from '../db/index.ts';
import { notFound, Problem, type Origin } from '../http/index.ts';
import { freeSlug, slugOf } from '../segments/index.ts';
import { deleteTagLinks, linkTags, tagNamesOf } from '../tags/index.ts';
import {
  deleteCampaign as deleteRow,
  findCampaign,
  insertCampaign,
  takenKeys,
  updateContents,
  type CampaignRow,
  type Launched,
} from './queries.ts';

export type CampaignWithTags = CampaignRow & { tags: string[] };

/** What people write of a campaign. */
export interface CampaignDraft {
  name: string;
  message: number | null;
  include: number[];
  exclude: number[];
  follows: CampaignFollows | null;
  schedule: CampaignSchedule;
  pace: CampaignPace | null;
  hold_out: number;
  split: CampaignSplit | null;
  /** Default: as the message says. */
  terms?: CampaignTerms;
  tags: readonly string[];
}

type Where = { workspaceId: number; id: number };

/** Throws `not_found` for what is not there or belongs to another workspace. */
export async function readCampaign(
  db: Db,
  which: Where & { lock?: boolean },
): Promise<CampaignWithTags> {
  const row = await findCampaign(db, which);
  if (!row) throw notFound('campaign');
  const tags = await tagNamesOf(db, { kind: 'campaign', ids: [row.id] });
  return { ...row, tags: tags.get(row.id) ?? [] };
}

/** Saves a draft, whether it could be started or not. */
export async function createCampaign(
  tx: Tx,
  {
    workspaceId,
    by,
    key,
    seriesId,
    launched,
    ...draft
  }: CampaignDraft & {
    workspaceId: number;
    by: Origin;
    key?: string | undefined;
    seriesId?: number;
    launched?: Launched;
  },
): Promise<CampaignWithTags> {
  const wanted = key ?? slugOf(draft.name, 'campaign');
  const taken = await takenKeys(tx, { workspaceId, key: wanted });
  if (key !== undefined && taken.has(key)) throw keyTaken(key);
  const free = freeSlug(wanted, taken);
  const created = await insertCampaign(tx, {
    workspaceId,
    key: free,
    ...contentsOf(draft),
    ...(seriesId !== undefined && { seriesId }),
    ...(launched && { launched }),
    now: by.at,
  });
  if (!created) throw keyTaken(free);
  const { id } = created;
  const object = { kind: 'campaign', id };
  await linkTags(tx, { workspaceId, object, names: draft.tags, now: by.at });
  const campaign = await readCampaign(tx, { workspaceId, id });
  await writeAudit(tx, { by, action: 'campaign.create', object, after: auditView(campaign) });
  return campaign;
}

/** Changes a draft; of what was scheduled or started only the name and tags. */
export async function changeCampaign(
  tx: Tx,
  {
    workspaceId,
    id,
    by,
    ...change
  }: Where & { by: Origin } & { [Name in keyof CampaignDraft]?: CampaignDraft[Name] | undefined },
): Promise<CampaignWithTags> {
  const before = await readCampaign(tx, { workspaceId, id, lock: true });
  const { name: _name, tags, ...contents } = change;
  if (before.state !== 'draft' && Object.values(contents).some((value) => value !== undefined)) {
    throw new Problem('conflict', {
      detail: `A campaign that is ${before.state} keeps what it sends and to whom: copy it.`,
    });
  }
  await updateContents(tx, {
    id,
    ...contentsOf({ ...draftOf(before), ...given(change) }),
    now: by.at,
  });
  const object = { kind: 'campaign', id };
  if (tags) await linkTags(tx, { workspaceId, object, names: tags, now: by.at });
  const after = await readCampaign(tx, { workspaceId, id });
  const changes = changesBetween(auditView(before), auditView(after));
  if (changes) await writeAudit(tx, { by, action: 'campaign.change', object, ...changes });
  return after;
}

/** A draft of the same, to be started anew. */
export async function copyCampaign(
  tx: Tx,
  { workspaceId, id, by, name }: Where & { by: Origin; name?: string | undefined },
): Promise<CampaignWithTags> {
  const original = await readCampaign(tx, { workspaceId, id });
  const copy = { ...draftOf(original), name: name ?? `${original.name}, copy`.slice(0, 200) };
  return createCampaign(tx, { workspaceId, by, ...copy });
}

/** Only of what never ran nothing would be missed. */
export async function deleteCampaign(
  tx: Tx,
  { workspaceId, id, by }: Where & { by: Origin },
): Promise<void> {
  const campaign = await readCampaign(tx, { workspaceId, id, lock: true });
  if (campaign.state !== 'draft') {
    throw new Problem('conflict', { detail: 'Only a draft can be deleted.' });
  }
  const object = { kind: 'campaign', id };
  await deleteTagLinks(tx, object);
  await deleteRow(tx, { id });
  await writeAudit(tx, { by, action: 'campaign.delete', object, before: auditView(campaign) });
}

function keyTaken(key: string): Problem {
  return new Problem('already_exists', { detail: `There is a campaign with the key "${key}".` });
}

function draftOf(row: CampaignWithTags): CampaignDraft {
  const { message_id: message, name, include, exclude, follows } = row;
  const { schedule, pace, hold_out, split, terms, tags } = row;
  return { name, message, include, exclude, follows, schedule, pace, hold_out, split, terms, tags };
}

function contentsOf({ message, tags: _tags, terms = {}, ...rest }: CampaignDraft) {
  return { ...rest, terms, message_id: message };
}

function given<T extends object>(change: T): { [Name in keyof T]: Exclude<T[Name], undefined> } {
  const entries = Object.entries(change).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as never;
}

function auditView(campaign: CampaignWithTags) {
  return { ...draftOf(campaign), key: campaign.key };
}
