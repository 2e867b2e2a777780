export * from './due.ts';
export * from './slots.ts';
