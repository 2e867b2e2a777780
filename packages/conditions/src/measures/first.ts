import { extremeMeasure } from './extreme.ts';

/** The earliest of the matching events lies in the period. */
export const first = extremeMeasure('first', '{done}{where} for the first time {period}');
