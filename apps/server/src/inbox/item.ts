import type { CampaignTerms } from '@perennial/contracts';

/**
 * What the inbox carries: one fact or change about one person, as the protocols (or the interface)
 * understood it, before anybody knows which contact it is.
 *
 * Times are epoch milliseconds, already corrected by `sentAt` and never later than arrival.
 */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

/** What became of an interactive item. */
export type ItemOutcome =
  | { ok: true; contactId: number; minted: boolean; [key: string]: Json }
  /** `code` is one of the API's error codes. */
  | { ok: false; code: string; message: string; [key: string]: Json };

/** Interactive items are taken first; order is promised within a lane. */
export const LANES = { interactive: 0, stream: 1 } as const;
export type Lane = (typeof LANES)[keyof typeof LANES];

/** At most one contact has a value of these. */
export const EXCLUSIVE_KINDS = [
  'external_id',
  'device_id',
  'push_token',
  'web_push',
  'anonymous_id',
  'chat_id',
] as const;
/** Several contacts may share a value of these. `field.KEY` is a mapped field. */
export type SharedKind = 'email' | 'phone' | `field.${string}`;
/**
 * `contact` is our own contact ID, in decimal. `apart` finds nobody: its value is the ID of another
 * contact that somebody said is another person.
 */
export type IdentifierKind = (typeof EXCLUSIVE_KINDS)[number] | SharedKind | 'contact' | 'apart';
export type Identifier = [kind: IdentifierKind, value: string];

/** System field `source` and the provenance of values. */
export type Source =
  | 'import'
  | 'api'
  | 'form'
  | 'event'
  | 'order'
  | 'sdk'
  | 'web'
  | 'manual'
  | 'webhook'
  | 'identify'
  | 'workflow'
  | 'system';

export interface DeviceFacts {
  deviceId: string;
  app?: string;
  platform?: string;
  osType?: string;
  osVersion?: string;
  category?: string;
  model?: string;
  appVersion?: string;
  pushToken?: string;
  pushEnabled?: boolean;
  locale?: string;
  timeZone?: string;
}

/** A contact of a call in bulk. */
export interface ImportPart {
  workspaceId: number;
  session: number;
  /** Its place in the call. */
  n: number;
  /** What it was to be found by, as the caller wrote it. */
  value?: string;
}

interface ItemBase {
  /** In order of priority: the first that is known leads. */
  ids: Identifier[];
  /** When it happened or was set. */
  at: number;
  source: Source;
  /** Names the waiting call; the outcome is written to `results` under it. */
  ticket?: string;
  /** Retries of the sender bear the same one. */
  messageId?: string;
  /** It is one of a call in bulk: what becomes of it is told there. */
  part?: ImportPart;
  /** The job that sent it, to remember what fields and categories were before it changed them. */
  remember?: number;
  /** How many runs and facts stand in the chain that caused it; 0 for the outside world. */
  depth?: number;
}

/** What a person said they want to get, in their own words or ours. */
export interface Consent {
  /** Opted in to (true) or out of (false), by key of category. */
  categories?: Record<string, boolean>;
  /** In to the categories given as true, and out of all others. */
  replace?: boolean;
  /** The words the person agreed to. */
  text?: string;
  /** The user who wrote it down, if any. */
  by?: string;
}

/** Something a contact did. */
export interface EventItem extends ItemBase {
  kind: 'event';
  event: string;
  params: JsonObject;
  context?: JsonObject;
  /** The event's own key (`keyValue`). */
  key?: string;
  /** The sender gave the time, so a repeat can be found among the contact's events. */
  ownTime: boolean;
  /** Bits of `events.flags`: 1 past, 2 clock ahead. */
  flags?: number;
  /** Known to come from nobody, or from someone who must not be created. */
  createContact: boolean;
  /** `active: false` must not move last_seen_at. */
  passive?: boolean;
  /** Identifiers came along with an event: they fill what is missing and override nothing. */
  weakIds?: boolean;
  /** Parameters in which the workspace's own rules found identifiers, by kind. */
  ruled?: Partial<Record<IdentifierKind, string>>;
  /** Came along too, or is known of the device: gives way to any value set on purpose. */
  fields?: JsonObject;
  device?: DeviceFacts;
  /** State of addresses that were unknown; default subscribed. */
  confirmed?: boolean;
}

/** Lists by ID or by name; a name to add that no list has makes one. The resolver leaves IDs. */
export interface ListChanges {
  add?: (number | string)[];
  remove?: (number | string)[];
}

/** Fields set; creates the contact unless `mustExist`, restores a deleted one if `restore`. */
export interface IdentifyItem extends ItemBase {
  kind: 'identify';
  /** By field key ("first_name", "custom.goal"); null clears. `email` and `phone` may be among them. */
  fields: JsonObject;
  /** Known of the device (zone, language): gives way to any value set on purpose. */
  weakFields?: JsonObject;
  device?: DeviceFacts;
  /** Further ones. */
  moreDevices?: DeviceFacts[];
  mustExist?: boolean;
  restore?: boolean;
  /** E-mail and phone that somebody claimed without proof: kept as conflicts, never set. */
  unverified?: JsonObject;
  /** The app whose public key was used, and whether a user token said who it was. */
  via?: { app: string; verified: boolean };
  /** Conflicts of the contact's fields that this item settles: they go as it is applied. */
  settles?: number[];
  /** State of addresses that were unknown; default subscribed. A known one keeps its state. */
  confirmed?: boolean;
  consent?: Consent;
  /** The user who takes back what was noted by hand as agreed to at addresses that go with this. */
  withdraws?: string;
  /** Only values that already pass the fields' types; else the item is refused (REST, interface). */
  strict?: boolean;
  /**
   * The external ID among `ids` replaces the one that the contact has, unless another contact has
   * or had it; the old one still finds the contact. Without it such an item is refused.
   */
  replaceExternalId?: boolean;
  /** `ids` find the contact and fill what it lacks; they override nothing and join nobody. */
  weakIds?: boolean;
  /** Given to the contact that `ids` find; they look for nobody. */
  gives?: Identifier[];
  /** A deleted contact refuses the item instead of staying deleted in silence. */
  skipDeleted?: boolean;
  /** A fact told with the change, by whether the contact is new. */
  announce?: Announcement;
  lists?: ListChanges;
  /** A message for whom this finds or makes. */
  wants?: WantedSend;
}

/** A message that a call asked for, by name of the request. */
export interface WantedSend {
  requestId: number;
  /** Its current version unless given. */
  message: { id: number; version?: number };
  channel: string;
  /** The one address that was named; without it, those that the message's channel chooses. */
  address?: string;
  /** Wins over the contact's own. */
  language?: string;
  /** As `data` in Liquid. */
  data?: JsonObject;
  /** Of e-mail: the name of the sender. */
  fromName?: string;
  /** Of e-mail: links lead where they are written to lead. */
  plainLinks?: true;
}

/** `key` and parameters are those of the REST API's events about contacts it was told of. */
export interface Announcement {
  /** Key of the event type; none: nothing is told. */
  created?: string;
  existing?: string;
  about: 'subscription' | 'import';
}

/** Puts a known contact into lists, takes it out of others. */
export interface MembershipItem extends ItemBase {
  kind: 'membership';
  lists: ListChanges;
  /** Why, as the log tells it; the source unless given. */
  cause?: string;
}

/** `previous` and `ids` are one person. */
export interface AliasItem extends ItemBase {
  kind: 'alias';
  previous: Identifier;
}

/** What a person decided about what they get; the contact must exist. */
export interface ConsentItem extends ItemBase {
  kind: 'consent';
  consent?: Consent;
  /** The person says by it that the address is theirs and may be written to. */
  confirm?: { channel: string; address: string };
  send?: { sendId: number; deliveryId: number };
}

export interface DeleteItem extends ItemBase {
  kind: 'delete';
}

/** What a job changed of the contact becomes as it was, unless it was changed since. */
export interface TakeBackItem extends ItemBase {
  kind: 'take_back';
  job: number;
  /** Of what changed in form only: no fact tells it, and no conflict stays. */
  silent?: true;
}

/** The value of a field takes the form of the field's type; the contact did nothing. */
export interface ConvertItem extends ItemBase {
  kind: 'convert';
  /** By its key in the segment language. */
  field: string;
}

/** Nothing of the contact is kept, here and elsewhere; it arrives behind all that came before it. */
export interface EraseItem extends ItemBase {
  kind: 'erase';
  erasureId: number;
  /** Put in by the resolver: contacts that were merged into it, and what it was found by. */
  formerIds?: number[];
  values?: string[];
  /** Put in by the worker: the card is gone, and of the person's many rows some are left. */
  rest?: true;
}

/** An address said no (or yes again): the row in `suppressions` is written at once, this is the fact. */
export interface SuppressionItem extends ItemBase {
  kind: 'suppression';
  channel: string;
  address: string;
  reason: 'unsubscribed' | 'complained' | 'bounced' | 'blocked' | 'blacklisted';
  /** The reason holds no more. */
  lifted?: boolean;
  /** Of `blocked`: when it ends, in epoch milliseconds. */
  until?: number;
  details?: string;
  /** With `lifted`: the words the person agreed to. */
  text?: string;
  /** The user who wrote it down, if any. */
  by?: string;
  send?: { sendId: number; deliveryId: number };
}

/** What became of a delivery; its contact is known, so it goes straight to the slot's queue. */
export interface DeliveryItem extends ItemBase {
  kind: 'delivery';
  contactId: number;
  sendId: number;
  deliveryId: number;
  status:
    | 'sent'
    | 'delivered'
    | 'opened'
    | 'clicked'
    | 'undelivered'
    | 'unsubscribed'
    | 'complained'
    | 'uncertain'
    | 'cancelled'
    | 'expired';
  reason?: string;
  url?: string;
  /** Of `opened` and `clicked`: why that was no person, and how many links the message has. */
  machine?: string;
  links?: number;
  /** Of `undelivered`: what the refusal said about the address. */
  bounce?: 'dead' | 'blocked' | 'counted' | 'ignored';
  details?: JsonObject;
  /** Told to this contact too: the delivery may have gone back to it when a merge was undone. */
  stray?: true;
}

/** Start a workflow by hand, API or another workflow; with `by`, because of a segment. */
export interface StartItem extends ItemBase {
  kind: 'start';
  workflowId: number;
  params: JsonObject;
  test?: boolean;
  by?: StartBySegment;
}

/** A start by a segment that was decided outside of the contact's slot. */
export interface StartBySegment {
  /** Each contact starts at most once for it, whoever became one with whom. */
  occasion: string;
  /** What `$event` means, and what run pages show of what started. */
  context: JsonObject;
  /** What was published when the event came; absent: what is published now. */
  version?: number;
  key?: string;
  /** The event that started. */
  eventId?: number;
}

/** A campaign has this contact in its audience; its contact is known, so it goes to the slot's queue. */
export interface SendItem extends ItemBase {
  kind: 'send';
  campaignId: number;
  message: { id: number; version: number };
  channel: string;
  /** What the campaign says of how it leaves. */
  terms?: CampaignTerms;
  /** Never handed over before; epoch milliseconds. */
  dueAt: number;
  /** One of those who get nothing, to compare with. */
  holdOut?: true;
}

/** End runs by hand: one run, or all of the contact's runs of a workflow. */
export interface StopItem extends ItemBase {
  kind: 'stop';
  workflowId: number;
  runId?: number;
  reason: string;
}

/** Leads runs of a contact elsewhere: one that failed goes on, those of a version follow another one. */
export interface SteerItem extends ItemBase {
  kind: 'steer';
  workflowId: number;
  /** One run; all of the contact's runs that it is about unless given. */
  runId?: number;
  way: RetryWay | MoveWay;
}

/** A run that failed tries the block again on which it did. */
export interface RetryWay {
  kind: 'retry';
}

/** Runs of a version go on by another one. */
export interface MoveWay {
  kind: 'move';
  from: number;
  to: number;
  /** By the block on which a run stands, where it goes on; null ends it. Others stay where they are. */
  blocks: Record<string, string | null>;
}

/** What somebody said about an order; members that are left out stay as they are. */
export interface OrderFacts {
  externalOrderId: string;
  status?: 'INITIALIZED' | 'IN_PROGRESS' | 'DELIVERED' | 'CANCELLED' | 'ABANDONED_SHOPPING_CART';
  total?: number;
  currency?: string;
  /** Epoch milliseconds. */
  orderedAt?: number;
  items?: Json[];
  details?: JsonObject;
  /** Of an order that is not there nothing is kept. */
  mustExist?: true;
}

/**
 * An order, in its latest state. It belongs to the contact that it had first; identifiers find one
 * for a new order, and change nothing about a contact that is there.
 */
export interface OrderItem extends ItemBase {
  kind: 'order';
  order: OrderFacts;
  /** Of a contact that is made for it. */
  fields: JsonObject;
  /** Of the event that told it; see `EventItem`. */
  flags?: number;
}

/** Somebody says that two contacts are one person. The one in `ids` survives. */
export interface JoinItem extends ItemBase {
  kind: 'join';
  other: number;
  /** Name of who asked for it. */
  by: string;
}

/** Somebody says that a merge was wrong. `ids` has the survivor. */
export interface PartItem extends ItemBase {
  kind: 'part';
  mergeId: number;
  /** Name of who asked for it. */
  by: string;
}

/** What a contact is found by, by a field: for the resolver alone, and for no contact's queue. */
export interface IndexItem extends ItemBase {
  kind: 'index';
  /** By its key in the segment language; its value as it is stored. */
  field: string;
  value: Json;
  weak: boolean;
  /** It was found on the card: of two values of one instant, the other one is newer. */
  isFound?: boolean;
}

export type InboxItem =
  | EventItem
  | OrderItem
  | IdentifyItem
  | MembershipItem
  | AliasItem
  | ConsentItem
  | DeleteItem
  | TakeBackItem
  | ConvertItem
  | EraseItem
  | SuppressionItem
  | DeliveryItem
  | StartItem
  | SendItem
  | StopItem
  | SteerItem
  | JoinItem
  | PartItem
  | IndexItem;

/** An item in a slot's queue: its contact is known. */
export interface Stamped {
  workspaceId: number;
  /** 0: an event of nobody. */
  contactId: number;
  /** Minted by the resolver for this item. */
  minted?: boolean;
  /** The resolver gave the contact this external ID. */
  externalId?: string;
  /** Identifiers this contact gained by the item, and lost to another contact's. */
  gained?: Identifier[];
  /** Found by nothing but identifiers of a contact that was merged into this one. */
  via?: number;
  /** What an event's contact was found or created by, unless it is the first of `ids`. */
  by?: IdentifierKind;
  /** Identifiers (and merges) that the contact was refused. */
  refusals?: Refusal[];
  /** The resolver indexed those of its fields that are identifiers. */
  indexed?: boolean;
  /** Other contacts that may have this event already: what finds it now was theirs. */
  elsewhere?: number[];
  receivedAt: number;
  lane: Lane;
  item: InboxItem | LossItem | RunsItem | ResumeItem | ScheduleItem | MergeItem | UnmergeItem;
}

/** Why a contact did not get an identifier, or was not merged (kind `merge`). */
export interface Refusal {
  kind: IdentifierKind | 'merge';
  value: string;
  reason: 'blocked' | 'too_many' | 'too_many_merges' | 'kept_apart' | 'not_joined';
}

/** The other half of an identifier that moved: the contact that had it. */
export interface LossItem {
  kind: 'loss';
  lost: Identifier[];
  at: number;
  source: Source;
}

/** Runs of these workflows ended outside of a batch: rules may ask for them. */
export interface RunsItem {
  kind: 'runs';
  workflowIds: number[];
  depth: number;
  at: number;
  source: Source;
}

/** An item that a run waits for was applied, or refused. */
export interface ResumeItem {
  kind: 'resume';
  runId: number;
  /** Of the visit that waits; a run that has gone on hears nothing. */
  step: number;
  outcome: ItemOutcome;
  at: number;
  source: Source;
}

/** A date of the contact may start a workflow that was activated at an instant. */
export interface ScheduleItem {
  kind: 'schedule';
  workflowId: number;
  /** What lies before it starts nothing; epoch milliseconds. */
  since: number;
  at: number;
  source: Source;
}

/** Stamped for both slots; the worker that reaches it first waits for the other. */
export interface MergeItem {
  kind: 'merge';
  mergeId: number;
  keepId: number;
  dropId: number;
  at: number;
  source: Source;
}

/** A merge is taken back: stamped for both slots like the merge itself. */
export interface UnmergeItem {
  kind: 'unmerge';
  mergeId: number;
  keepId: number;
  dropId: number;
  /** Contacts whose rows go back with the dropped one: itself, and those merged into it before. */
  sources: number[];
  /** Merges into the survivor after this one, in order: they choose again without it. */
  later: number[];
  externalIds: { keep: string | null; drop: string | null };
  by: string;
  at: number;
  source: Source;
}

/** What two contacts must both have reached. */
export type JointItem = MergeItem | UnmergeItem;

export type SlotItem = Stamped['item'];
