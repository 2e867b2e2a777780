import type { DeliveryItem, Stamped } from '../inbox/index.ts';

/** A report about a delivery, with its contact known. */
export type DeliveryReport = Pick<Stamped, 'contactId' | 'receivedAt'> & { item: DeliveryItem };
