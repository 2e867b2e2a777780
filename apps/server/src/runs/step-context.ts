import type {
  CodeAnswer,
  CodeQuestion,
  SendAnswer,
  SendWish,
  StepContext,
} from '@perennial/blocks/steps';
import { isKnownZone } from '@perennial/conditions';
import { findVariants, noteChoices } from '../choices/index.ts';
import type { ContactState } from '../contacts/index.ts';
import type { Tx } from '../db/index.ts';
import type { Json } from '../inbox/index.ts';
import { takeCodes, type CodeWish, type TakenCode } from '../promo-codes/index.ts';
import type { SendRequest } from '../sends/index.ts';
import type { WorkflowIndex } from '../workflows/index.ts';
import type { RunCapabilities } from './capabilities.ts';
import { contactFields, zoneOf } from '../evaluation/index.ts';
import type { DueRun } from './due-run.ts';
import { contextOf } from './send-context.ts';
import { evaluateConditions } from './evaluate-conditions.ts';
import { firstEvents } from './first-events.ts';
import type { Performer } from './perform-acts.ts';
import type { FieldWriter } from './write-fields.ts';

export interface StepContextParts {
  index: WorkflowIndex;
  /** Of every run that takes a step. */
  contacts: ReadonlyMap<number, ContactState>;
  writer: FieldWriter;
  performer: Performer;
  now: number;
}

/** What the steps of a batch may do, bound to its transaction. */
export function createStepContext(
  tx: Tx,
  capabilities: RunCapabilities,
  { index, contacts, writer, performer, now }: StepContextParts,
): StepContext {
  const zone = (workspaceId: number): string => index.workspaces.get(workspaceId)!.zone;
  return {
    now,
    workspaceZone: (run) => zone(run.workspaceId),
    contactZone(run) {
      const own = zoneOf(contacts.get(run.contactId));
      return own !== null && isKnownZone(own) ? own : zone(run.workspaceId);
    },
    field: (run, field) => readField(contacts.get(run.contactId)!, field),
    evaluate: (questions) =>
      evaluateConditions(tx, questions, {
        contacts,
        eventTypes: capabilities.eventTypes,
        rules: (workspaceId, fields) => capabilities.fields.rules(tx, workspaceId, fields),
        zone,
        currency: (workspaceId) => index.workspaces.get(workspaceId)!.currency,
        eventRules: (workspaceId) => index.workspaces.get(workspaceId)!.eventRules,
        now,
      }),
    decideSends: async (wishes) => {
      const requests = wishes.map((wish) => requestOf(wish, { index, now }));
      const decisions = await capabilities.decideSends(tx, { requests, now: new Date(now) });
      return decisions.map(({ sendId, decision, reason, holdUntil, reasons }): SendAnswer => ({
        sendId,
        decision,
        reasons: reasons as unknown as Json,
        ...(reason !== undefined && { reason }),
        ...(holdUntil && { holdUntil: holdUntil.getTime() }),
      }));
    },
    variantsFor: (questions) => findVariants(tx, { questions, now }),
    noteChoices: (choices) => noteChoices(tx, { choices, slots: capabilities.slots, now }),
    firstEvents: (questions) =>
      firstEvents(tx, questions, { index, eventTypes: capabilities.eventTypes, now }),
    takeCodes: async (questions) => {
      const wanted = questions.filter(({ run }) => !run.test);
      const wishes = wanted.map((question) => codeWishOf(question));
      const taken = (await takeCodes(tx, { wishes, now: new Date(now) })).values();
      return questions.map(({ run }) => (run.test ? TEST_CODE : codeAnswerOf(taken.next().value)));
    },
    perform: (wishes) => performer.perform(tx, wishes),
    writeFields: (writes) => writer.write(tx, writes),
  };
}

/** Test runs take nothing from anybody. */
const TEST_CODE: CodeAnswer = {
  code: 'TEST-CODE',
  pool: 'test',
  type: null,
  discount: null,
  expiresAt: null,
  tested: true,
};

function codeWishOf({ run, block, poolId, livesUntil }: CodeQuestion): CodeWish {
  const { workspaceId, contactId, workflowId, id: runId, slot } = run as DueRun;
  return { workspaceId, contactId, slot, workflowId, runId, block, poolId, livesUntil };
}

function codeAnswerOf(taken: TakenCode | undefined): CodeAnswer | undefined {
  if (!taken) return undefined;
  const { code, pool, type, discount, expiresAt } = taken;
  return { code, pool, type, discount, expiresAt: expiresAt?.getTime() ?? null };
}

function readField(contact: ContactState, field: string): Json | undefined {
  const fields = contactFields(contact);
  return Object.hasOwn(fields, field) ? (fields[field] ?? undefined) : undefined;
}

/** The request of a wish: what the block says, the workflow's limits, and what rendering needs. */
export function requestOf(
  wish: SendWish,
  { index, now }: { index: WorkflowIndex; now: number },
): SendRequest {
  const run = wish.run as DueRun;
  const { limits } = index.version(run.workflowId, run.version).definition;
  const terms = {
    ...(limits.send_hours !== undefined && { send_hours: limits.send_hours }),
    ...wish.terms,
  };
  return {
    workspaceId: run.workspaceId,
    contactId: run.contactId,
    slot: run.slot,
    messageId: wish.messageId,
    channel: wish.channel,
    workflowId: run.workflowId,
    runId: run.id,
    block: wish.block,
    transactional: wish.transactional,
    test: run.test,
    context: contextOf(run, wish.data as Json | undefined),
    at: new Date(now),
    ...(Object.keys(terms).length > 0 && { terms }),
    ...(wish.heldSendId !== undefined && { heldSendId: wish.heldSendId }),
    ...(wish.language !== undefined && { language: wish.language }),
    ...(wish.chosen !== undefined && { chosen: wish.chosen as Json }),
  };
}
