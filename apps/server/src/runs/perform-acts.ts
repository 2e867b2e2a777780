import type { Act, ActAnswer, ActWish, ContactWish } from '@perennial/blocks/steps';
import {
  isUsableIdentifier,
  normalizeEmail,
  normalizePhone,
  readPhoneCountry,
  type ContactState,
} from '../contacts/index.ts';
import type { NewCall } from '../calls/index.ts';
import type { Tx } from '../db/index.ts';
import {
  LANES,
  runTicket,
  type Identifier,
  type InboxItem,
  type Json,
  type JsonObject,
  type Stamped,
} from '../inbox/index.ts';
import { liftOfWorkflows, suppressAddresses } from '../suppressions/index.ts';
import type { CausedItem } from './capabilities.ts';
import type { DueRun } from './due-run.ts';
import { noteSegmentLaunch } from './segment-launches.ts';
import { contextOf } from './send-context.ts';

/** What steps do by items: to the contact's own queue, and to the inbox for whom must be found. */
export interface Performer {
  perform: (tx: Tx, wishes: readonly ActWish[]) => Promise<ActAnswer[]>;
  /** For the contacts' own slots: to be put there in the transaction of the steps. */
  takeOwn: () => Stamped[];
  /** For the inbox, at the end of the batch. */
  takeItems: () => CausedItem[];
  /** To other systems: to be noted in the transaction of the steps. */
  takeCalls: () => NewCall[];
}

interface PerformerParts {
  contacts: ReadonlyMap<number, ContactState>;
  slots: number;
  now: number;
}

export function createPerformer(parts: PerformerParts): Performer {
  let own: Stamped[] = [];
  let items: CausedItem[] = [];
  let calls: NewCall[] = [];

  async function performOne(
    tx: Tx,
    wish: ActWish,
    countries: ReadonlyMap<number, string | undefined>,
  ): Promise<ActAnswer> {
    const { act, awaited } = wish;
    const run = wish.run as DueRun;
    const makerParts = { ...parts, country: countries.get(run.workspaceId) };
    // A test does nothing, whatever it is.
    if (run.test) return rehearseAct(run, act, makerParts);
    if (act.act === 'channel') return changeChannel(tx, run, act, parts);
    if (act.act === 'call') {
      calls.push(callOf(wish.block, run, act));
      return { kind: 'kept' };
    }
    if (act.act === 'campaign') return launchCampaign(tx, run, act, parts);
    const made = itemOf(run, act, makerParts);
    if (typeof made === 'string') return { kind: 'refused', reason: made };
    const { contactId, workspaceId } = run;
    const base = { at: parts.now, source: 'workflow', depth: run.depth + 1 } as const;
    const ticket = awaited ? { ticket: runTicket(visitOf(run)) } : {};
    const item = { ...made, ...base, ...ticket } as InboxItem;
    if (item.ids.length > 0) items.push({ workspaceId, item });
    else own.push({ workspaceId, contactId, receivedAt: parts.now, lane: LANES.interactive, item });
    return { kind: 'kept' };
  }

  return {
    async perform(tx, wishes) {
      const countries = await countriesFor(tx, wishes);
      const answers: ActAnswer[] = [];
      for (const wish of wishes) answers.push(await performOne(tx, wish, countries));
      return answers;
    },
    takeOwn() {
      const taken = own;
      own = [];
      return taken;
    },
    takeItems() {
      const taken = items;
      items = [];
      return taken;
    },
    takeCalls() {
      const taken = calls;
      calls = [];
      return taken;
    },
  };
}

function callOf(block: string, run: DueRun, { request }: Extract<Act, { act: 'call' }>): NewCall {
  return { ...visitOf(run), workflowId: run.workflowId, version: run.version, block, request };
}

function visitOf({ workspaceId, contactId, id: runId, steps: step }: DueRun) {
  return { workspaceId, contactId, runId, step };
}

/** Default countries of phone numbers, of the workspaces in which contacts are named by one. */
async function countriesFor(
  tx: Tx,
  wishes: readonly ActWish[],
): Promise<Map<number, string | undefined>> {
  const workspaceIds = wishes.flatMap(({ run, act }) =>
    'fields' in act && act.fields['phone'] !== undefined ? [run.workspaceId] : [],
  );
  const countries = new Map<number, string | undefined>();
  for (const workspaceId of new Set(workspaceIds)) {
    countries.set(workspaceId, await readPhoneCountry(tx, { workspaceId }));
  }
  return countries;
}

/** What items are made with. */
interface MakerParts extends PerformerParts {
  country: string | undefined;
}

/** Acts that are no items. */
type Direct = 'channel' | 'call' | 'campaign';

/** An item without what all of them have. */
type Made = JsonObject & { ids: Identifier[] };

/** Whether the act could be done. */
function rehearseAct(run: DueRun, act: Act, parts: MakerParts): ActAnswer {
  if (act.act === 'channel') {
    const address = addressOf(run, act.channel, parts);
    return address === undefined ? noAddress(act.channel) : { kind: 'tested' };
  }
  if (act.act === 'call' || act.act === 'campaign') return { kind: 'tested' };
  const made = itemOf(run, act, parts);
  return typeof made === 'string' ? { kind: 'refused', reason: made } : { kind: 'tested' };
}

function noAddress(channel: string): ActAnswer {
  return { kind: 'refused', reason: NO_ADDRESS[channel]! };
}

/** The item of an act; one without identifiers is for the run's own contact. A text says why not. */
function itemOf(run: DueRun, act: Exclude<Act, { act: Direct }>, parts: MakerParts): Made | string {
  return makers[act.act](run, act as never, parts);
}

const makers: {
  readonly [Name in Exclude<Act['act'], Direct>]: (
    run: DueRun,
    act: Extract<Act, { act: Name }>,
    parts: MakerParts,
  ) => Made | string;
} = {
  lists: (_run, { add, remove }) => ({
    kind: 'membership',
    ids: [],
    lists: { ...(add && { add: [...add] }), ...(remove && { remove: [...remove] }) },
  }),
  category: (_run, { category, subscribed }) => ({
    kind: 'consent',
    ids: [],
    consent: { categories: { [category]: subscribed } },
  }),
  confirm(run, { channel }, parts) {
    const address = addressOf(run, channel, parts);
    if (address === undefined) return NO_ADDRESS[channel]!;
    return { kind: 'consent', ids: [], confirm: { channel, address } };
  },
  identifiers({ contactId }, { fields }, { country }) {
    const gives = identifiersOf(undefined, fields as JsonObject, country);
    if (typeof gives === 'string') return gives;
    return {
      kind: 'identify',
      ids: [['contact', String(contactId)]],
      gives,
      fields: { ...fields } as JsonObject,
      mustExist: true,
      strict: true,
      skipDeleted: true,
    };
  },
  contact(_run, { external_id: externalId, fields, lists, confirmed }, { country }) {
    const ids = identifiersOf(externalId, fields as JsonObject, country);
    if (typeof ids === 'string') return ids;
    return {
      kind: 'identify',
      ids,
      fields: { ...fields } as JsonObject,
      strict: true,
      skipDeleted: true,
      confirmed,
      ...(lists.length > 0 && { lists: { add: [...lists] } }),
    };
  },
  event(run, { event, key, params, contact }) {
    const ids = whom(run, contact);
    if (typeof ids === 'string') return ids;
    return {
      kind: 'event',
      ids,
      event,
      params: params as JsonObject,
      ...(key !== undefined && { key }),
      ownTime: false,
      createContact: contact !== undefined,
    };
  },
  start(run, { workflowId, params, contact }) {
    const ids = whom(run, contact);
    if (typeof ids === 'string') return ids;
    return { kind: 'start', ids, workflowId, params: params as JsonObject };
  },
};

const NO_ADDRESS: Readonly<Record<string, string>> = {
  email: 'the contact has no email address',
  sms: 'the contact has no phone number',
  viber: 'the contact has no phone number',
};

function addressOf(
  { contactId }: DueRun,
  channel: string,
  { contacts }: PerformerParts,
): string | undefined {
  const { email, phone } = contacts.get(contactId)!;
  return (channel === 'email' ? email : phone) ?? undefined;
}

function whom({ contactId }: DueRun, contact: ContactWish | undefined): Identifier[] | string {
  if (contact === undefined) return [['contact', String(contactId)]];
  if ('external_id' in contact) return identifiersOf(contact.external_id, {});
  return identifiersOf(undefined, { email: contact.email });
}

/** What finds the contact, or what is wrong with it. */
function identifiersOf(
  externalId: string | undefined,
  fields: JsonObject,
  country?: string,
): Identifier[] | string {
  const ids: Identifier[] = [];
  if (externalId !== undefined) {
    if (!isUsableIdentifier(externalId)) {
      return `${JSON.stringify(externalId.slice(0, 100))} identifies nobody`;
    }
    ids.push(['external_id', externalId]);
  }
  const { email, phone } = fields;
  if (typeof email === 'string') {
    const address = normalizeEmail(email);
    if (address === undefined) {
      return `${JSON.stringify(email.slice(0, 100))} is no email address`;
    }
    ids.push(['email', address]);
  }
  if (typeof phone === 'string') {
    const number = normalizePhone(phone, country);
    if (number === undefined) {
      return `${JSON.stringify(phone.slice(0, 100))} is no phone number with its country`;
    }
    ids.push(['phone', number]);
  }
  return ids;
}

/** The campaign is made where campaigns are, from what is noted here; the run is told. */
async function launchCampaign(
  tx: Tx,
  run: DueRun,
  act: Extract<Act, { act: 'campaign' }>,
  { now }: PerformerParts,
): Promise<ActAnswer> {
  const { block, messageId, segmentId, mostPerHour, terms, data } = act;
  await noteSegmentLaunch(tx, {
    visit: visitOf(run),
    workflowId: run.workflowId,
    block,
    messageId,
    segmentId,
    mostPerHour,
    terms,
    context: contextOf(run, data as Json | undefined),
    now: new Date(now),
  });
  return { kind: 'kept' };
}

/** Nothing more is sent to the address, or again, as far as a workflow may say so. */
async function changeChannel(
  tx: Tx,
  run: DueRun,
  { channel, subscribed }: Extract<Act, { act: 'channel' }>,
  parts: PerformerParts,
): Promise<ActAnswer> {
  const address = addressOf(run, channel, parts);
  if (address === undefined) return noAddress(channel);
  const { workspaceId, contactId } = run;
  const { slots } = parts;
  const now = new Date(parts.now);
  const key = { workspaceId, channel, address };
  // What the address says is a fact by this run, or two workflows could set each other off for ever.
  const depth = run.depth + 1;
  const changed = subscribed
    ? await liftOfWorkflows(tx, { addresses: [key], depth, slots, now })
    : await suppressAddresses(tx, {
        suppressions: [
          { ...key, reason: 'unsubscribed', since: now, source: 'workflow', contactId, depth },
        ],
        slots,
        now,
      });
  return { kind: 'done', told: { channel, subscribed, changed: changed.length > 0 } };
}
