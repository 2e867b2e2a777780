export * from './event-types.ts';
export * from './fact.ts';
export * from './find-repeats.ts';
export * from './insert-facts.ts';
