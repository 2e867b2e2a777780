import { decideCampaignSends } from '../campaigns/index.ts';
import { choicesDue, settleChoices } from '../choices/index.ts';
import { loadContacts, type FieldCatalogue } from '../contacts/index.ts';
import type { EventTypeIds } from '../events/index.ts';
import type { ItemOutcome } from '../inbox/index.ts';
import type { Engine } from '../pipeline/index.ts';
import {
  createRunMoves,
  datesDue,
  endDoubles,
  endRuns,
  endWaitsOfMembers,
  forgetSegmentLaunches,
  forgetWaitingStarts,
  interestingEventTypes,
  matchFacts,
  resumeRuns,
  resumeVisits,
  runDueSteps,
  runsDue,
  scheduleDates,
  startDueDates,
  startBySegments,
  startRunsByHand,
  steerRuns,
  stopMembers,
  stopRuns,
  type RunCapabilities,
} from '../runs/index.ts';
import {
  applyDeliveries,
  cancelDeliveries,
  decideSends,
  decideWantedSends,
  heldDue,
  releaseHeld,
} from '../sends/index.ts';
import { createWorkflowCache } from '../workflows/index.ts';

export interface EngineParts {
  eventTypes: EventTypeIds;
  fields: FieldCatalogue;
  slots: number;
  /** Renders the Liquid of blocks' settings. */
  render: RunCapabilities['render'];
}

/** The rooms that react to facts, joined for the pipeline. */
export function createEngine({ eventTypes, fields, slots, render }: EngineParts): Engine {
  const cache = createWorkflowCache();
  const shared = { decideSends, cancelDeliveries, eventTypes, fields, slots, render };
  return {
    due: [runsDue, heldDue, datesDue, choicesDue],
    async begin(tx) {
      const index = await cache.load(tx);
      const moves = createRunMoves();
      const capabilities: RunCapabilities = { ...shared, moves };
      return {
        takeRunMoves: moves.take,
        loudTypes: (workspaceId) => interestingEventTypes(index, workspaceId),
        async matchFacts(tx, { facts, contacts, now }) {
          await matchFacts(tx, capabilities, { index, facts, contacts, now: now.getTime() });
        },
        async start(tx, { entries: all, contacts, now }) {
          await startBySegments(tx, capabilities, {
            starts: all.flatMap(({ workspaceId, contactId, receivedAt, item }) => {
              const { workflowId, by, depth = 0 } = item;
              return by ? [{ workspaceId, contactId, workflowId, by, depth, receivedAt }] : [];
            }),
            index,
            contacts,
            now: now.getTime(),
          });
          const entries = all.filter(({ item }) => !item.by);
          const starts = entries.map(({ workspaceId, contactId, receivedAt, item }) => ({
            workspaceId,
            contactId,
            receivedAt,
            workflowId: item.workflowId,
            params: item.params,
            test: item.test,
            depth: item.depth,
            source: item.source,
          }));
          const started = await startRunsByHand(tx, capabilities, {
            starts,
            index,
            contacts,
            now: now.getTime(),
          });
          return entries.flatMap(({ item, contactId }, i) => {
            const outcome = started[i]!;
            if (!item.ticket) return [];
            const told: ItemOutcome = outcome.ok
              ? { ok: true, contactId, minted: false, run: String(outcome.runId) }
              : { ok: false, code: 'not_started', message: outcome.reason };
            return [{ ticket: item.ticket, outcome: told }];
          });
        },
        async stop(tx, { entries, now }) {
          const stops = entries.map(({ contactId, receivedAt, item }) => ({
            contactId,
            at: receivedAt,
            workflowId: item.workflowId,
            runId: item.runId,
            reason: item.reason,
          }));
          const ended = await stopRuns(tx, capabilities, { stops, now: now.getTime() });
          return entries.flatMap(({ item, contactId }, i) =>
            item.ticket
              ? [
                  {
                    ticket: item.ticket,
                    outcome: { ok: true as const, contactId, minted: false, stopped: ended[i]! },
                  },
                ]
              : [],
          );
        },
        async steer(tx, { entries, contacts, now }) {
          const told = await steerRuns(tx, capabilities, {
            steers: entries.map(({ contactId, workspaceId, receivedAt: at, item }) => {
              const { workflowId, runId, way } = item;
              return { contactId, workspaceId, workflowId, runId, way, at };
            }),
            index,
            contacts,
            now: now.getTime(),
          });
          return entries.flatMap(({ item, contactId }, i) => {
            if (!item.ticket) return [];
            const { refusal, n } = told[i]!;
            const outcome: ItemOutcome =
              refusal === undefined
                ? { ok: true, contactId, minted: false, steered: n }
                : { ok: false, code: 'conflict', message: refusal };
            return [{ ticket: item.ticket, outcome }];
          });
        },
        schedule: (tx, { entries, contacts }) =>
          scheduleDates(tx, {
            index,
            contacts,
            slots,
            asked: entries.map(({ contactId, workspaceId, item: { workflowId, since } }) => ({
              contactId,
              workspaceId,
              workflowId,
              since,
            })),
          }),
        resume: (tx, { entries }) =>
          resumeVisits(tx, {
            resumptions: entries.map(({ contactId, item: { runId, step, outcome, at } }) => ({
              contactId,
              runId,
              step,
              outcome,
              at,
            })),
          }),
        send: (tx, { entries, contacts, now }) =>
          decideCampaignSends(tx, { entries, isKept: (id) => contacts.has(id), slots, now }),
        sendWanted: (tx, { entries, now }) => decideWantedSends(tx, { entries, slots, now }),
        async endRuns(tx, { now, ...ended }) {
          await endRuns(tx, capabilities, { ...ended, now: now.getTime() });
          if (ended.reason === 'erased') {
            const contactIds = [...ended.contacts.keys()];
            await forgetWaitingStarts(tx, { contactIds });
            await forgetSegmentLaunches(tx, { contactIds });
          }
        },
        applyDeliveries,
        endDoubles: (tx, { pairs, now }) =>
          endDoubles(tx, capabilities, { pairs, now: now.getTime() }),
        async stopMembers(tx, { contactIds, now: at }) {
          const now = at.getTime();
          await stopMembers(tx, capabilities, { index, contactIds, now });
          await endWaitsOfMembers(tx, { index, contactIds, now });
          const dated = [...index.workspaces.values()].flatMap(({ dateStarts }) => dateStarts);
          if (dated.length === 0) return;
          const contacts = await loadContacts(tx, { ids: contactIds });
          const asked = [...contacts.values()].flatMap(({ id: contactId, workspaceId }) =>
            dated
              .filter((workflow) => workflow.workspaceId === workspaceId)
              .map(({ id: workflowId }) => ({ contactId, workspaceId, workflowId, since: now })),
          );
          await scheduleDates(tx, { index, contacts, slots, asked });
        },
        resumeRuns: (tx, { now, ...unmerge }) =>
          resumeRuns(tx, capabilities, { ...unmerge, now: now.getTime() }),
        async runDueSteps(tx, { now, limit, isFollowed, ...due }) {
          const released = await releaseHeld(tx, { ...due, now, limit });
          const settled = await settleChoices(tx, { ...due, now, limit, eventTypes });
          const dated = await startDueDates(tx, capabilities, {
            ...due,
            index,
            now: now.getTime(),
            limit,
          });
          const steps = await runDueSteps(tx, capabilities, {
            ...due,
            index,
            now: now.getTime(),
            limit,
            isFollowed,
          });
          return {
            ...steps,
            handled: steps.handled + released + dated + settled,
            more: steps.more || released === limit || dated === limit || settled === limit,
          };
        },
      };
    },
  };
}
