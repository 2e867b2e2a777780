export { instantOf, keepSurvivors, takeEarlier, takeLater } from './contact-table.ts';
export type { ContactTable, Row, Settle } from './contact-table.ts';
export { moveRows } from './move-rows.ts';
export type { MergePair, Settled } from './move-rows.ts';
export { takeOut } from './take-out.ts';
export type { Choice } from './take-out.ts';
export { returnRows } from './return-rows.ts';
export type { Conflicts } from './return-rows.ts';
