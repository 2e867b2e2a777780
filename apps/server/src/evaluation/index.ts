export { compileSet } from './set/compile-set.ts';
export type { SetStatement, Wanted } from './set/compile-set.ts';
export { evaluateSet, prepareToScan } from './set/evaluate-set.ts';
export type { SetAnswer, SetAnswers, SetLimits } from './set/evaluate-set.ts';
export type { SetQuestion } from './set/set-question.ts';
