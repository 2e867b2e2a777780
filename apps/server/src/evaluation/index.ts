export { findEvents } from './facts/find-events.ts';
export type { FoundEvent } from './facts/find-events.ts';
export { contactFields, zoneOf } from './facts/contact-fields.ts';
export { loadFacts } from './facts/load-facts.ts';
export type { FactParts, FactsAsked } from './facts/load-facts.ts';
export { joinNeeds, neededFacts } from './facts/needed-facts.ts';
export type { NeededFacts } from './facts/needed-facts.ts';
