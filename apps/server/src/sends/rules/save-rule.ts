import { findChannel } from '@perennial/channels';
import {
  frequencyRuleDraftSchema,
  type FrequencyRuleDraft,
  type ProblemDetail,
} from '@perennial/contracts';
import { changesBetween, writeAudit } from '../../audit/index.ts';
import { readCategories } from '../../categories/index.ts';
import type { Db, Tx } from '../../db/index.ts';
import { detailsOf, notFound, Problem, type Origin } from '../../http/index.ts';
import { ensureTags, findTagIds, namesOfTags } from '../../tags/index.ts';
import { lockWorkspace } from '../../workspaces/index.ts';
import {
  deleteRule,
  insertRule,
  listRules,
  lockRule,
  updateRule,
  type FrequencyRuleRow,
  type RuleValues,
} from './rule-queries.ts';

/** Each is asked about every message. */
const MOST_RULES = 50;

/** A rule as the API shows it: tags by name, categories by key. */
export type RuleView = FrequencyRuleDraft & {
  id: number;
  key: string;
  created_at: Date;
  updated_at: Date;
};

export async function createRule(
  tx: Tx,
  {
    workspaceId,
    by,
    key,
    ...draft
  }: { workspaceId: number; by: Origin; key?: string | undefined } & FrequencyRuleDraft,
): Promise<RuleView> {
  // So that two of them take turns, and the count holds.
  await lockWorkspace(tx, { id: workspaceId });
  const others = await listRules(tx, { workspaceId });
  if (others.length >= MOST_RULES) {
    throw new Problem('conflict', { detail: `A workspace has at most ${MOST_RULES} rules.` });
  }
  const taken = new Set(others.map((rule) => rule.key));
  const rule = {
    ...(await toValues(tx, { workspaceId, draft, key: key ?? freeKey(draft.kind, taken) })),
    tag_ids: await tagsOf(tx, { workspaceId, draft, by }),
  };
  const created = await insertRule(tx, { workspaceId, rule, now: by.at });
  if (!created) {
    throw new Problem('already_exists', { detail: `There is a rule with the key "${rule.key}".` });
  }
  const view = await viewRule(tx, { workspaceId, row: created });
  await writeAudit(tx, {
    by,
    action: 'frequency_rule.create',
    object: { kind: 'frequency_rule', id: created.id },
    after: auditView(view),
  });
  return view;
}

function freeKey(kind: string, taken: ReadonlySet<string>): string {
  let n = 1;
  while (taken.has(`${kind}-${n}`)) n += 1;
  return `${kind}-${n}`;
}

export async function changeRule(
  tx: Tx,
  {
    workspaceId,
    id,
    by,
    change,
  }: { workspaceId: number; id: number; by: Origin; change: Partial<FrequencyRuleDraft> },
): Promise<RuleView> {
  const row = await lockRule(tx, { workspaceId, id });
  if (!row) throw notFound('rule');
  const before = await viewRule(tx, { workspaceId, row });
  const { id: _id, key, created_at: _created, updated_at: _updated, ...current } = before;
  const given = Object.entries(change).filter(([, value]) => value !== undefined);
  const draft = parseDraft({ ...current, ...Object.fromEntries(given) });
  const rule = {
    ...(await toValues(tx, { workspaceId, draft, key })),
    tag_ids: await tagsOf(tx, { workspaceId, draft, by }),
  };
  const after = await viewRule(tx, {
    workspaceId,
    row: await updateRule(tx, { id, rule, now: by.at }),
  });
  const changes = changesBetween(auditView(before), auditView(after));
  if (changes) {
    await writeAudit(tx, {
      by,
      action: 'frequency_rule.change',
      object: { kind: 'frequency_rule', id },
      ...changes,
    });
  }
  return after;
}

function parseDraft(json: unknown): FrequencyRuleDraft {
  const parsed = frequencyRuleDraftSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new Problem('unprocessable', {
    detail: 'The rule as a whole is not sound.',
    errors: detailsOf(parsed.error.issues, 'body'),
  });
}

export async function removeRule(
  tx: Tx,
  { workspaceId, id, by }: { workspaceId: number; id: number; by: Origin },
): Promise<void> {
  const row = await lockRule(tx, { workspaceId, id });
  if (!row) throw notFound('rule');
  await deleteRule(tx, { id });
  await writeAudit(tx, {
    by,
    action: 'frequency_rule.delete',
    object: { kind: 'frequency_rule', id },
    before: auditView(await viewRule(tx, { workspaceId, row })),
  });
}

/** Those that do not exist yet are made. */
async function tagsOf(
  tx: Tx,
  {
    workspaceId,
    draft: { tags: names },
    by,
  }: { workspaceId: number; draft: FrequencyRuleDraft; by: Origin },
): Promise<number[]> {
  return names.length > 0 ? ensureTags(tx, { workspaceId, names, now: by.at }) : [];
}

/** No tag has it, so a rule about a tag that is not there is about nothing. */
const NO_TAG = 0;

/** A draft with IDs for its names. */
export async function toValues(
  db: Db,
  { workspaceId, key, draft }: { workspaceId: number; key: string; draft: FrequencyRuleDraft },
): Promise<RuleValues> {
  const { window, tags, categories, ...rest } = draft;
  const known = await readCategories(db, { workspaceId });
  const tagIds = await findTagIds(db, { workspaceId, names: tags });
  refuseUnknown([
    ...draft.channels.flatMap((name, i) =>
      findChannel(name) ? [] : [at('channels', i, 'channel')],
    ),
    ...categories.flatMap((name, i) => (known.has(name) ? [] : [at('categories', i, 'category')])),
  ]);
  return {
    ...rest,
    key,
    time_window: window,
    tag_ids: tagIds.map((id) => id ?? NO_TAG),
    category_ids: categories.map((name) => known.get(name)!.id),
  };
}

function at(member: string, i: number, what: string): ProblemDetail {
  return { path: `/${member}/${i}`, message: `There is no such ${what}.`, in: 'body' };
}

function refuseUnknown(errors: ProblemDetail[]): void {
  if (errors.length === 0) return;
  throw new Problem('unprocessable', {
    detail: 'The rule names something that is not there.',
    errors,
  });
}

export async function viewRule(
  db: Db,
  { workspaceId, row }: { workspaceId: number; row: FrequencyRuleRow },
): Promise<RuleView> {
  return (await viewRules(db, { workspaceId, rows: [row] }))[0]!;
}

export async function viewRules(
  db: Db,
  { workspaceId, rows }: { workspaceId: number; rows: readonly FrequencyRuleRow[] },
): Promise<RuleView[]> {
  const tags = await namesOfTags(db, { workspaceId, ids: rows.flatMap((row) => row.tag_ids) });
  const categories = await readCategories(db, { workspaceId });
  const keys = new Map([...categories.values()].map(({ id, key }) => [id, key]));
  return rows.map(({ time_window: window, tag_ids, category_ids, ...row }) => ({
    ...row,
    window,
    // One that was deleted still keeps the rule from everything that does not have it.
    tags: tag_ids.map((id) => tags.get(id) ?? `deleted tag ${id}`).sort(),
    categories: category_ids.map((id) => keys.get(id) ?? `deleted category ${id}`),
  }));
}

function auditView({ id: _id, created_at: _created, updated_at: _updated, ...rule }: RuleView) {
  return rule;
}
