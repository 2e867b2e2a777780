import type { FieldCatalogue } from '../contacts/index.ts';
import type { EventTypeIds, Fact } from '../events/index.ts';
import type { InboxItem } from '../inbox/index.ts';
import type { RenderPool } from '../messages/index.ts';
import type { CancelDeliveries, DecideSends } from '../sends/index.ts';
import { slotOf } from '../slots/index.ts';
import type { RunMoves } from './run-moves.ts';

/** What the engine needs of other rooms; the program hands it in once. */
export interface RunCapabilities {
  decideSends: DecideSends;
  cancelDeliveries: CancelDeliveries;
  eventTypes: EventTypeIds;
  fields: FieldCatalogue;
  /** Renders the Liquid of settings. */
  render: RenderPool['render'];
  /** How many slots the installation has. */
  slots: number;
  /** Told which runs begin and end. */
  moves: RunMoves;
}

/** A fact before it has its IDs. */
export type CausedFact = Omit<Fact, 'id' | 'typeId'>;

/** What a step does by the inbox. */
export interface CausedItem {
  workspaceId: number;
  item: InboxItem;
}

/** Any slot of these contacts will do where a batch's counts are written: it owns all of them. */
export function anySlot({ slots }: Pick<RunCapabilities, 'slots'>, contactId: number): number {
  return slotOf(contactId, slots);
}
