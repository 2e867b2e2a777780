import type { Categories, Choice } from '../../categories/index.ts';
import type {
  AddressChange,
  AddressState,
  Confirmation,
  ContactState,
  CustomRules,
  EarlierValue,
  DeviceSighting,
  FieldChange,
  FieldConflict,
  IdentifierRefusal,
  Withdrawal,
} from '../../contacts/index.ts';
import type { OrderState } from '../../orders/index.ts';
import type { Outcomes } from '../outcomes.ts';
import type { EventTypes, Fact } from '../../events/index.ts';
import type { WantedEntry } from '../../sends/index.ts';
import type { MembershipChange } from '../../segments/index.ts';
import type {
  DeliveryItem,
  DeviceFacts,
  EraseItem,
  IndexItem,
  InboxItem,
  ResumeItem,
  ScheduleItem,
  SendItem,
  StartItem,
  Stamped,
  SteerItem,
  StopItem,
} from '../../inbox/index.ts';

/** A fact before it has its IDs. */
export type PendingFact = Omit<Fact, 'id' | 'typeId'>;

/** A stamped item of a known kind. */
export type Of<Item> = Stamped & { item: Item };

/** For the resolver, when the batch is committed. */
export interface ToIndex {
  workspaceId: number;
  item: IndexItem;
}

/** What steps of runs do by items of the inbox. */
export interface CausedItem {
  workspaceId: number;
  item: InboxItem;
}

/** What the items of a round change, in memory, until it is written at once. */
export interface WorkingSet extends Outcomes {
  now: number;
  contacts: Map<number, ContactState>;
  /** External IDs of contacts that have no card yet: the item that brought one may have died. */
  externalIds: Map<number, string>;
  /** Whole rows to write. */
  changed: Set<number>;
  /** Contacts of which only last_seen_at moved. */
  seen: Map<number, number>;
  rules: Map<number, CustomRules>;
  /** Default country of phone numbers, by workspace. */
  countries: Map<number, string>;
  settingsOf: EventTypes['settingsOf'];
  indexedFields: EventTypes['indexedFields'];
  /** Values by which contacts are found from now on, that the resolver does not know yet. */
  toIndex: ToIndex[];
  /** What was known, and was said since, of devices whose events do not say what they are. */
  knownDevices: Map<string, DeviceFacts>;
  /** Of the workspaces whose contacts say something about categories. */
  categories: Map<number, Categories>;
  /** What is known of these contacts' choices, by contact and category, with those made here. */
  choices: Map<number, Map<number, Choice>>;
  newChoices: Choice[];
  /** Nothing was ever said, as it turned out. */
  droppedChoices: Pick<Choice, 'contactId' | 'categoryId'>[];
  /** Of the contacts that confirm something or take it back, by contact, channel and address. */
  addressStates: Map<string, AddressState>;
  confirmations: Confirmation[];
  withdrawals: Withdrawal[];
  facts: PendingFact[];
  fieldChanges: FieldChange[];
  devices: DeviceSighting[];
  lost: { contactId: number; kind: string; value: string }[];
  addresses: AddressChange[];
  conflicts: FieldConflict[];
  /** Conflicts of values that have their place again. */
  unmadeConflicts: Omit<FieldConflict, 'reason' | 'workspaceId'>[];
  /** What jobs changed here, as it was. */
  earlier: EarlierValue[];
  /** What jobs changed that are taken back here, by contact and job. */
  earlierValues: Map<string, EarlierValue[]>;
  takenBack: EarlierValue[];
  memberships: MembershipChange[];
  /** Who waits for the changes from one place among them up to another. */
  membershipWaits: { ticket: string; contactId: number; from: number; to: number }[];
  settled: { contactId: number; id: number }[];
  refusals: IdentifierRefusal[];
  deliveries: Of<DeliveryItem>[];
  sends: Of<SendItem>[];
  /** Messages that calls asked for. */
  wanted: WantedEntry[];
  starts: Of<StartItem>[];
  stops: Of<StopItem>[];
  resumes: Of<ResumeItem>[];
  schedules: Of<ScheduleItem>[];
  steers: Of<SteerItem>[];
  /** People of whom nothing is kept after this round. */
  erasures: Of<EraseItem>[];
  /** Contacts deleted by this round, and when that arrived. */
  deleted: Map<number, number>;
  /** Items for a contact that was merged away: they go to the survivor's slot. */
  forwarded: Stamped[];
  /** What is known of the orders that the round is about, by `orderKey`. */
  orders: Map<string, OrderState>;
  changedOrders: Set<string>;
}

export function createWorkingSet(
  basis: Pick<
    WorkingSet,
    | 'now'
    | 'contacts'
    | 'externalIds'
    | 'rules'
    | 'countries'
    | 'knownDevices'
    | 'categories'
    | 'choices'
    | 'addressStates'
    | 'earlierValues'
    | 'orders'
    | 'settingsOf'
    | 'indexedFields'
  >,
): WorkingSet {
  return {
    ...basis,
    toIndex: [],
    changed: new Set(),
    seen: new Map(),
    newChoices: [],
    droppedChoices: [],
    earlier: [],
    unmadeConflicts: [],
    takenBack: [],
    confirmations: [],
    withdrawals: [],
    facts: [],
    fieldChanges: [],
    devices: [],
    lost: [],
    addresses: [],
    conflicts: [],
    memberships: [],
    membershipWaits: [],
    settled: [],
    refusals: [],
    deliveries: [],
    sends: [],
    starts: [],
    stops: [],
    resumes: [],
    schedules: [],
    steers: [],
    erasures: [],
    deleted: new Map(),
    forwarded: [],
    changedOrders: new Set(),
    outcomes: [],
    parts: [],
    unsent: [],
    wanted: [],
  };
}
