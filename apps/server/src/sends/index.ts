export { applyDeliveries } from './apply-deliveries.ts';
export type { DeliveryFact, DeliveryReport } from './apply-deliveries.ts';
export { cancelDeliveries } from './cancel-deliveries.ts';
export { decideSends } from './decide-sends.ts';
export type {
  CancelDeliveries,
  DecideSends,
  GateReason,
  SendDecision,
  SendRequest,
} from './decision.ts';
export { moveSends } from './move-sends.ts';
