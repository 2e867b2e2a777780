import type {
  Act,
  ActAnswer,
  CallRequest,
  SendAnswer,
  StepContext,
  StepRun,
} from '@perennial/blocks/steps';
import type { TestWould } from '@perennial/contracts';
import {
  findContactsMeant,
  type ContactRef,
  type ContactState,
  type FieldCatalogue,
} from '../../contacts/index.ts';
import type { Tx } from '../../db/index.ts';
import type { EventTypeIds } from '../../events/index.ts';
import type { Json, JsonObject } from '../../inbox/index.ts';
import { rehearseSends, type TestAddresses } from '../../sends/index.ts';
import type { WorkflowIndex } from '../../workflows/index.ts';
import { createPerformer } from '../perform-acts.ts';
import { createStepContext, requestOf } from '../step-context.ts';
import { createFieldWriter, type FieldWriter } from '../write-fields.ts';
import { MOST_CALLS } from './call-in-test.ts';

/** A message that a block made, as far as a test makes one. */
interface NotedSend {
  message: number;
  channel: string;
  decision: 'sent' | 'held' | 'refused';
  delivery: number | null;
  to: string | null;
}

/** What the blocks wanted to do since it was asked last. */
export interface Noted {
  would: TestWould[];
  sends: NotedSend[];
  /** A request that is to be made in earnest, after the commit. */
  call?: CallRequest;
}

interface Rehearsal {
  context: StepContext;
  writer: FieldWriter;
  /** Fields as they would be now, by the test. */
  fields: JsonObject;
  take: () => Noted;
}

interface RehearsalParts {
  index: WorkflowIndex;
  contact: ContactState;
  catalogue: FieldCatalogue;
  eventTypes: EventTypeIds;
  addresses: TestAddresses;
  /** How many webhooks may still be called in earnest, or that what they ask is only shown. */
  calls: number | 'shown';
  /** Set by the test already. */
  fields: JsonObject;
  slots: number;
  /** The launch's own clock, and the wall's. */
  clock: number;
  now: number;
}

/**
 * What the steps of a test may do: ask everything, and change nothing. What asks is the engine's own
 * context; what acts is noted, whatever the act: one that nobody has thought of yet as well.
 */
export function createRehearsal(tx: Tx, parts: RehearsalParts): Rehearsal {
  const { index, contact, catalogue, eventTypes, slots, clock: now } = parts;
  let noted: Noted = { would: [], sends: [] };
  const fields: JsonObject = { ...parts.fields };
  const contacts = new Map([[contact.id, contact]]);
  // Changes the contact in memory; it is never saved.
  const writer = createFieldWriter({ contacts, fields: catalogue, now });
  const asking = createStepContext(
    tx,
    {
      decideSends: refuse,
      cancelDeliveries: refuse,
      eventTypes,
      fields: catalogue,
      render: refuse,
      slots,
      moves: { note: refuse, take: () => [] },
    },
    // Of a test run it only says whether the act could be done.
    { index, contacts, writer, performer: createPerformer({ contacts, slots, now }), now },
  );
  const context: StepContext = {
    ...asking,
    async decideSends(wishes) {
      const requests = wishes.map((wish) => requestOf(wish, { index, now }));
      const answers = await rehearseSends(tx, {
        requests,
        addresses: parts.addresses,
        clock: new Date(now),
        now: new Date(parts.now),
      });
      return answers.map((answer, i): SendAnswer => {
        const { sendId, deliveryId: delivery, to, decision, reason, holdUntil, reasons } = answer;
        const { messageId: message, channel } = requests[i]!;
        const sentTo = decision === 'sent' ? (to ?? 'sandbox') : null;
        noted.sends.push({ message, channel, decision, delivery, to: sentTo });
        return {
          sendId: sendId ?? 0,
          decision,
          reasons: reasons as unknown as Json,
          ...(reason !== undefined && { reason }),
          ...(holdUntil && { holdUntil: holdUntil.getTime() }),
        };
      });
    },
    async perform(wishes) {
      const answers = await asking.perform(wishes);
      const told: ActAnswer[] = [];
      for (const [i, answer] of answers.entries()) {
        const { act, run } = wishes[i]!;
        if (act.act === 'call' && answer.kind === 'tested' && parts.calls !== 'shown') {
          told.push(callInEarnest(act));
          continue;
        }
        if (answer.kind === 'tested') note(act);
        const meansContact = answer.kind === 'tested' && act.act === 'contact';
        told.push(meansContact ? { ...answer, told: await foreseeContact(tx, run, act) } : answer);
      }
      return told;
    },
    takeCodes(questions) {
      for (const { poolId } of questions) {
        noted.would.push({ act: 'code', details: { pool: String(poolId) } });
      }
      return asking.takeCodes(questions);
    },
    // Nothing is learnt from a test.
    noteChoices: () => Promise.resolve(),
    async writeFields(writes) {
      const refusals = await writer.write(tx, writes);
      const written = writes.flatMap(({ field, value }, i) =>
        refusals[i] === undefined ? [[field, value as Json] as const] : [],
      );
      if (written.length === 0) return refusals;
      const set: JsonObject = Object.fromEntries(written);
      Object.assign(fields, set);
      noted.would.push({ act: 'fields', details: set });
      return refusals;
    },
  };

  /** No transaction is open while another system answers, so the launch waits for it. */
  function callInEarnest(act: Extract<Act, { act: 'call' }>): ActAnswer {
    if (parts.calls === 0) {
      return { kind: 'refused', reason: `A test launch calls ${MOST_CALLS} webhooks at most.` };
    }
    noted.call = act.request;
    return { kind: 'kept' };
  }

  function note({ act, ...details }: Act): void {
    noted.would.push({ act, details: details as unknown as JsonObject });
  }

  return {
    context,
    writer,
    fields,
    take() {
      const taken = noted;
      noted = { would: [], sends: [] };
      return taken;
    },
  };
}

/** Whether somebody has one of the identifiers already. */
async function foreseeContact(
  tx: Tx,
  { workspaceId }: StepRun,
  { external_id: externalId, fields }: Extract<Act, { act: 'contact' }>,
): Promise<JsonObject> {
  const refs: ContactRef[] = [
    ...(externalId === undefined ? [] : [{ external_id: externalId }]),
    ...(typeof fields['email'] === 'string' ? [{ email: fields['email'] }] : []),
    ...(typeof fields['phone'] === 'string' ? [{ phone: fields['phone'] }] : []),
  ];
  const meant = await findContactsMeant(tx, { workspaceId, refs });
  return { created: meant.every((id) => id === undefined) };
}

function refuse(): never {
  throw new Error('A test launch wanted to do something in earnest.');
}
