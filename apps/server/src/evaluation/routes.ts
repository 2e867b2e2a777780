import {
  explainTrialSchema,
  idParams,
  idSchema,
  segmentCheckSchema,
  segmentExplanationSchema,
  segmentPreviewSchema,
  segmentPreviewTrialSchema,
  segmentTrialSchema,
  segmentVocabularySchema,
} from '@perennial/contracts';
import { leavesOf, type Definition } from '@perennial/conditions';
import { z } from 'zod';
import {
  maskPersonal,
  readContacts,
  readCustomRules,
  refusePersonal,
  showContacts,
  type ContactQuestions,
  type FindSuppressions,
} from '../contacts/index.ts';
import type { Db } from '../db/index.ts';
import { defineRoute, notFound, Problem, whenClosed, type ManageRoute } from '../http/index.ts';
import {
  checkRule,
  findSegment,
  NOTHING_SETTLED,
  readKeptMember,
  readLatestVersion,
  requireRule,
  type Settle,
} from '../segments/index.ts';
import { mayReadPersonal, type Rights } from '../users/index.ts';
import { explainContact } from './explain.ts';
import { previewRule } from './preview.ts';
import type { ReadRuns } from './facts/load-facts.ts';
import { readVocabulary } from './vocabulary.ts';
import { readWords } from './words.ts';

export interface EvaluationRouteParts {
  questions: ContactQuestions;
  findSuppressions: FindSuppressions;
  settle: Settle;
  readRuns: ReadRuns;
}

/** As one writes the active users of a week. */
const ACTIVE = {
  language: 1,
  include: { type: 'event', event: 'AppOpened', period: { kind: 'last', n: 7, unit: 'day' } },
};

const check = defineRoute({
  method: 'POST',
  url: '/segments/check',
  right: 'member',
  summary: 'Check a rule and say it in words, without asking for anybody',
  body: segmentTrialSchema,
  response: segmentCheckSchema,
  example: { body: { definition: ACTIVE } },
  handler: async ({ db, workspace, body: { definition, segment: segmentId } }) => {
    const workspaceId = workspace.id;
    const outcome = await checkRule(db, { workspaceId, definition, segmentId });
    if (!outcome.ok) {
      return { errors: [...outcome.errors], warnings: [], sentence: null, conditions: 0 };
    }
    const { checked } = outcome;
    const say = await readWords(db, { workspaceId });
    return {
      errors: [],
      warnings: [...checked.warnings],
      sentence: say(checked.definition),
      conditions: conditionsOf(checked.definition),
    };
  },
});

function conditionsOf({ include, exclude }: Definition): number {
  return [include, ...(exclude ? [exclude] : [])].flatMap((node) => [...leavesOf(node)]).length;
}

const vocabulary = defineRoute({
  method: 'GET',
  url: '/segments/vocabulary',
  right: 'member',
  summary: 'List what conditions can name: fields, events, channels, segments and the rest',
  description: 'Examples of parameters are masked without `contacts.read_personal`.',
  response: segmentVocabularySchema,
  handler: ({ db, workspace, rights }) => readVocabulary(db, { workspace, rights }),
});

/** The calls that evaluate rules: for everybody, or for one contact. */
export function evaluationRoutes(parts: EvaluationRouteParts): ManageRoute[] {
  const preview = defineRoute({
    method: 'POST',
    url: '/segments/preview',
    right: 'contacts.read',
    summary: 'Count who would be in a segment now, and show ten of them',
    description:
      'Exact. Given up after 15 seconds with `too_much`, and when the caller hangs up. A rule that ' +
      'takes values from an event is tried with `event`. Without `contacts.read_personal` personal ' +
      'data is masked and cannot be asked for.',
    body: segmentPreviewTrialSchema,
    response: segmentPreviewSchema,
    example: { body: { definition: ACTIVE } },
    handler: async ({ db, workspace, rights, now, body, reply }) => {
      const workspaceId = workspace.id;
      const { definition, segment: segmentId, event: trigger } = body;
      const trial = { workspaceId, definition, segmentId, withoutEvent: !trigger };
      const checked = await requireRule(db, trial);
      refuseHidden(checked.definition, rights);
      const { questions } = parts;
      const signal = whenClosed(reply.raw);
      const { count, sample, tookMs } = await previewRule(db, {
        ...checked,
        workspace,
        questions,
        now,
        trigger,
        signal,
      });
      const contacts = await shown(db, { workspaceId, ids: sample, rights, now });
      return { count, sample: contacts, took_ms: tookMs, warnings: [...checked.warnings] };
    },
  });

  const explain = defineRoute({
    method: 'GET',
    url: '/segments/:id/explain',
    right: 'contacts.read',
    summary: 'Tell why a contact is in a dynamic segment, or is not',
    description:
      'By the rule as it was saved last, as of now, with the values that each condition saw; `kept` ' +
      'is what is written down. Values are masked without `contacts.read_personal`.',
    params: idParams,
    query: z.object({ contact: idSchema }),
    response: segmentExplanationSchema,
    example: { query: { contact: '1' } },
    handler: async ({ db, workspace, rights, now, params: { id }, query }) => {
      const workspaceId = workspace.id;
      const segment = await findSegment(db, { workspaceId, id });
      if (!segment) throw notFound('segment');
      const latest = await readLatestVersion(db, { segmentId: id });
      if (!latest) {
        throw new Problem('unprocessable', {
          detail: 'A list has no rule: who is in it was put there. Its log says by whom.',
        });
      }
      const { contact: contactId } = query;
      const explained = await explainContact(db, {
        workspace,
        definition: latest.definition,
        rules: await readCustomRules(db, { workspaceId }),
        contactId,
        now,
        rights,
        readRuns: parts.readRuns,
        say: await readWords(db, { workspaceId }),
      });
      return { ...explained, kept: await keptOf(db, { workspaceId, id, contactId, now }) };
    },
  });

  const explainTrial = defineRoute({
    method: 'POST',
    url: '/segments/explain',
    right: 'contacts.read',
    summary: 'Tell why a contact would be in a segment of this rule, or would not',
    body: explainTrialSchema,
    response: segmentExplanationSchema,
    example: { body: { definition: ACTIVE, contact: '1' } },
    handler: async ({ db, workspace, rights, now, body }) => {
      const workspaceId = workspace.id;
      const { definition, segment: segmentId, contact: contactId, event: trigger } = body;
      const trial = { workspaceId, definition, segmentId, withoutEvent: !trigger };
      const checked = await requireRule(db, trial);
      refuseHidden(checked.definition, rights);
      const say = await readWords(db, { workspaceId });
      const { readRuns } = parts;
      const asked = { ...checked, workspace, contactId, now, trigger, rights, readRuns, say };
      return { ...(await explainContact(db, asked)), kept: null };
    },
  });

  /** What is written down of a contact, and what time did to it since. */
  async function keptOf(
    db: Db,
    {
      workspaceId,
      id,
      contactId,
      now,
    }: { workspaceId: number; id: number; contactId: number; now: Date },
  ): Promise<z.output<typeof segmentExplanationSchema>['kept']> {
    const row = await readKeptMember(db, { segmentId: id, contactId });
    const asked = { workspaceId, segmentIds: [id], contactIds: [contactId], now };
    const settled = await parts.settle(db, asked);
    const { entering, leaving } = settled.get(id) ?? NOTHING_SETTLED;
    const member = (row?.member === true && leaving.length === 0) || entering.length > 0;
    if (!member) return { member, entered_at: null };
    return { member, entered_at: row?.member ? row.entered_at : (row?.changes_at ?? now) };
  }

  /** Contacts as the caller may see them, in the order of their IDs. */
  async function shown(
    db: Db,
    {
      workspaceId,
      ids,
      rights,
      now,
    }: { workspaceId: number; ids: number[]; rights: Rights; now: Date },
  ): Promise<z.output<typeof segmentPreviewSchema>['sample']> {
    const found = await readContacts(db, { workspaceId, ids });
    const rows = ids.flatMap((id) => found.get(id) ?? []);
    const { findSuppressions } = parts;
    const contacts = await showContacts(db, { workspaceId, rows, findSuppressions, now });
    return contacts.map((contact) => maskPersonal(contact, rights));
  }

  return [check, vocabulary, preview, explainTrial, explain];
}

/** Else an answer would tell what the masks hide. */
function refuseHidden({ include, exclude }: Definition, rights: Rights): void {
  if (mayReadPersonal(rights)) return;
  refusePersonal(include);
  if (exclude) refusePersonal(exclude);
}
