export * from './first-instant.ts';
export * from './slots.ts';
