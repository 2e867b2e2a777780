import type { deliveryDetailsSchema, gateReasonSchema } from '@perennial/contracts';
import type { z } from 'zod';

/** A delivery with the content as it was received, and why it was sent. */
export type DeliveryDetails = z.input<typeof deliveryDetailsSchema>;

/** What one gate said about a send. */
export type GateAnswer = z.input<typeof gateReasonSchema>;
