import { extremeMeasure } from './extreme.ts';

/** The latest of the matching events lies in the period. */
export const last = extremeMeasure('last', '{done}{where} for the last time {period}');
