import type { RefContact, RefFact, RefSend, RefState } from './test-reference-state.ts';
import { contactOf, note, type Suppression } from './test-reference-state.ts';
import { tell } from './test-reference-facts.ts';
import { newFact } from './test-reference-acts.ts';
import { REPORTED, type Deed, type Status } from './test-scenario.ts';

/** How much a word about one delivery proves; what proves less than what is known is no news. */
const PROOF: readonly Status[] = [
  'queued',
  'sent',
  'undelivered',
  'delivered',
  'opened',
  'clicked',
  'unsubscribed',
  'complained',
];
/** How far a delivery is: a send is as far as the furthest of its own. */
const FAR: readonly Status[] = [
  'undelivered',
  'queued',
  'sent',
  'delivered',
  'opened',
  'clicked',
  'unsubscribed',
  'complained',
];

/** What is told of a message: what was said of its address is heard first. */
export interface Told {
  urgent: () => void;
  inTurn: () => void;
}

/** What became of the last message of a channel on which that may become of one. */
export function report(
  state: RefState,
  { who, what, n }: Extract<Deed, { do: 'report' }>,
  now: number,
): Told | undefined {
  const contact = contactOf(state, who);
  // Whoever became one with somebody is not looked up as such.
  if (contact.who !== who) return undefined;
  const send = state.sends.findLast(
    (one) =>
      contactOf(state, one.who) === contact &&
      REPORTED[one.channel].includes(what) &&
      one.decision === 'sent' &&
      !one.cancelled &&
      // What was to be sent by an archived one is about to be cancelled.
      state.states[one.workflow] !== 'archived',
  );
  if (!send) return undefined;
  note(state, `report of ${send.channel}`);
  const at = n % send.deliveries.length;
  const tellAll = (types: string[]) => {
    for (const type of types) tellOf(state, contact, { type, send }, now);
  };
  // Whoever complained has said no with that.
  const isKnown = what === 'unsubscribed' && send.deliveries[at] === 'complained';
  const said = isKnown ? [] : refuse(state, send, what);
  return {
    urgent: () => tellAll(said),
    inTurn() {
      reach(send, at, what === 'bounced' ? 'undelivered' : what);
      tellAll([...newsOf(send), ...(OCCURRENCES[what] ?? [])]);
    },
  };
}

function reach({ deliveries }: RefSend, at: number, status: Status): void {
  if (PROOF.indexOf(status) > PROOF.indexOf(deliveries[at]!)) deliveries[at] = status;
}

const OCCURRENCES: Partial<Record<string, string[]>> = {
  opened: ['MessageOpened'],
  clicked: ['MessageClicked'],
};

/** Told once of a send, when it is as far for the first time. */
function newsOf({ deliveries, told }: RefSend): string[] {
  const furthest = Math.max(...deliveries.map((status) => FAR.indexOf(status)));
  const types = [
    ...(furthest >= FAR.indexOf('sent') ? ['MessageSent'] : []),
    ...(furthest >= FAR.indexOf('delivered') ? ['MessageDelivered'] : []),
    ...(furthest === FAR.indexOf('undelivered') ? ['MessageUndelivered'] : []),
  ];
  return types.filter((type) => !told.has(type));
}

const REFUSALS: Partial<Record<string, Suppression>> = {
  unsubscribed: 'unsubscribed',
  complained: 'complained',
  bounced: 'bounced',
};

/** The address is not written to any more; who says so for the first time is told. */
function refuse(state: RefState, { address }: RefSend, what: string): string[] {
  const reason = REFUSALS[what];
  if (!reason) return [];
  const reasons = state.suppressed.get(address!) ?? new Set();
  state.suppressed.set(address!, reasons);
  // From now on it is the person's word, and no workflow's.
  const isKnown =
    reasons.has(reason) || (reason === 'unsubscribed' && reasons.delete('by workflow'));
  reasons.add(reason);
  if (isKnown || reason === 'bounced') return [];
  return [reason === 'unsubscribed' ? 'MessageUnsubscribed' : 'MessageComplained'];
}

function tellOf(
  state: RefState,
  contact: RefContact,
  { type, send }: { type: string; send: RefSend },
  now: number,
): void {
  note(state, `told ${type}`);
  send.told.add(type);
  const told: RefFact = {
    ...newFact(state, { type, by: contact, now, params: {}, depth: 0 }),
    // Of a message of a run it goes where the run goes.
    by: send.run.who,
    send,
  };
  contact.events.push(told);
  tell(state, contact, told);
}
