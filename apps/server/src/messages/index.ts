export { chooseLanguage } from './choose-language.ts';
export { loadMessageHeads, loadVersion } from './queries.ts';
export type { MessageHead, VersionRow } from './queries.ts';
