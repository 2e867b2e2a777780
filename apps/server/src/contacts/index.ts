export * from './contact-state.ts';
export * from './field-catalogue.ts';
export * from './merge-contacts.ts';
export * from './normalize-identifier.ts';
export * from './normalize-value.ts';
export * from './queries.ts';
export * from './set-fields.ts';
export * from './system-fields.ts';
