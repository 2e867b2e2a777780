export { contactTables } from './contact-tables.ts';
export { choicesDue } from './due-choices.ts';
export { findVariants } from './find-variants.ts';
export { noteChoices } from './note-choices.ts';
export { settleChoices } from './settle-choices.ts';
export { variantRoutes } from './routes.ts';
