import type {
  AliasItem,
  ConsentItem,
  ConvertItem,
  DeleteItem,
  DeliveryItem,
  EraseItem,
  EventItem,
  IdentifyItem,
  IndexItem,
  JoinItem,
  LossItem,
  MembershipItem,
  MergeItem,
  OrderItem,
  PartItem,
  ResumeItem,
  RunsItem,
  ScheduleItem,
  SendItem,
  SlotItem,
  Stamped,
  StartItem,
  SteerItem,
  StopItem,
  SuppressionItem,
  TakeBackItem,
  UnmergeItem,
} from '../../inbox/index.ts';
import { handleMembership } from './items/change-lists.ts';
import { handleConvert } from './items/convert-field.ts';
import { handleConsent, handleSuppression } from './items/consent.ts';
import { contactOf } from './items/contact-of.ts';
import { handleEvent } from './items/event.ts';
import { handleIdentify } from './items/identify.ts';
import { handleOrder } from './items/order.ts';
import { handleDelete, handleErase } from './items/remove.ts';
import { handleTakeBack } from './items/take-back.ts';
import { answer } from './items/tell.ts';
import type { Of, WorkingSet } from './working-set.ts';

type Handler<Item> = (entry: Of<Item>, set: WorkingSet) => void;

interface Handlers {
  event: Handler<EventItem>;
  identify: Handler<IdentifyItem>;
  membership: Handler<MembershipItem>;
  alias: Handler<AliasItem>;
  consent: Handler<ConsentItem>;
  delete: Handler<DeleteItem>;
  take_back: Handler<TakeBackItem>;
  convert: Handler<ConvertItem>;
  order: Handler<OrderItem>;
  erase: Handler<EraseItem>;
  suppression: Handler<SuppressionItem>;
  delivery: Handler<DeliveryItem>;
  send: Handler<SendItem>;
  start: Handler<StartItem>;
  stop: Handler<StopItem>;
  steer: Handler<SteerItem>;
  loss: Handler<LossItem>;
  runs: Handler<RunsItem>;
  resume: Handler<ResumeItem>;
  schedule: Handler<ScheduleItem>;
  join: Handler<JoinItem>;
  part: Handler<PartItem>;
  merge: Handler<MergeItem>;
  unmerge: Handler<UnmergeItem>;
  index: Handler<IndexItem>;
}

/** Applies one item to the working set: no I/O, so a round of thousands is written at once. */
export function handleItem(entry: Stamped, set: WorkingSet): void {
  const owner = ownerNow(entry, set);
  if (owner !== entry.contactId) {
    set.forwarded.push(forwardTo(owner, entry));
    return;
  }
  const handle = handlers[entry.item.kind] as Handler<SlotItem>;
  handle(entry, set);
}

/** Whose an item is by now: contacts may have become one, and two again, while it waited. */
function ownerNow({ contactId, via }: Stamped, set: WorkingSet): number {
  const survivor = set.contacts.get(contactId)?.mergedInto;
  if (survivor) return survivor;
  return via !== undefined && set.contacts.get(via)?.mergedInto === null ? via : contactId;
}

function forwardTo(contactId: number, { via, ...entry }: Stamped): Stamped {
  const source = via ?? entry.contactId;
  return { ...entry, contactId, ...(source !== contactId && { via: source }) };
}

const handlers: Handlers = {
  event: handleEvent,
  identify: handleIdentify,
  membership: handleMembership,
  consent: handleConsent,
  suppression: handleSuppression,
  take_back: handleTakeBack,
  convert: handleConvert,
  order: handleOrder,
  delete: handleDelete,
  erase: handleErase,

  alias(entry, set) {
    const contact = contactOf(entry, set);
    answer(entry, set, { ok: true, contactId: contact.id, minted: entry.minted === true });
  },

  delivery: (entry, set) => void set.deliveries.push(entry),
  send: (entry, set) => void set.sends.push(entry),
  start: (entry, set) => void set.starts.push(entry),
  stop: (entry, set) => void set.stops.push(entry),
  steer: (entry, set) => void set.steers.push(entry),

  loss(entry, set) {
    for (const [kind, value] of entry.item.lost) {
      set.lost.push({ contactId: entry.contactId, kind, value });
    }
  },

  schedule: (entry, set) => void set.schedules.push(entry),
  resume: (entry, set) => void set.resumes.push(entry),

  // Nothing is left to do but to ask the rules, as of every item.
  runs: () => undefined,

  join: (entry, set) => answer(entry, set, { ok: true, contactId: entry.contactId, minted: false }),
  part: (entry, set) => answer(entry, set, { ok: true, contactId: entry.contactId, minted: false }),

  merge() {
    throw new TypeError('merges are made between rounds');
  },
  unmerge() {
    throw new TypeError('merges are undone between rounds');
  },

  index() {
    throw new TypeError('only the resolver indexes');
  },
};
