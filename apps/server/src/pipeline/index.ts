export * from './apply/apply-batch.ts';
export * from './apply/apply-part.ts';
export * from './apply/engine.ts';
export * from './apply/working-set.ts';
export * from './dead-events.ts';
export * from './resolve/resolve-batch.ts';
export * from './worker.ts';
