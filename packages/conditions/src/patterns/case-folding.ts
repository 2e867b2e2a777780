import { lowerCase } from '../values/text.ts';
import type { CodePoints } from './pattern.ts';

// No code point above these two planes has a lower-case form.
const LAST_CASED = 0x1ffff;

let upperForms: ReadonlyMap<number, readonly number[]> | undefined;

/** The code points, other than itself, that simple lower-casing turns into this one. */
export function upperFormsOf(codePoint: number): readonly number[] {
  upperForms ??= collectUpperForms();
  return upperForms.get(codePoint) ?? [];
}

function collectUpperForms(): Map<number, number[]> {
  const forms = new Map<number, number[]>();
  for (let codePoint = 0; codePoint <= LAST_CASED; codePoint += 1) {
    const lower = lowerCodePoint(codePoint);
    if (lower === codePoint) continue;
    forms.set(lower, [...(forms.get(lower) ?? []), codePoint]);
  }
  return forms;
}

/** Whether a lower-cased code point is the lower case of a member of the ranges. */
export function isInFolded(codePoint: number, ranges: readonly CodePoints[]): boolean {
  return isIn(codePoint, ranges) || upperFormsOf(codePoint).some((upper) => isIn(upper, ranges));
}

/**
 * The members of each group of cases (a lower-case code point and those that turn into it) that
 * has one member in the ranges, as ranges of one.
 */
export function casesOf(ranges: readonly CodePoints[]): CodePoints[] {
  upperForms ??= collectUpperForms();
  return [...upperForms].flatMap(([lower, uppers]) => {
    const group = [lower, ...uppers];
    return group.some((codePoint) => isIn(codePoint, ranges))
      ? group.map((codePoint): CodePoints => [codePoint, codePoint])
      : [];
  });
}

/** The simple lower case of a code point. */
export function lowerCodePoint(codePoint: number): number {
  return lowerCase(String.fromCodePoint(codePoint)).codePointAt(0) ?? codePoint;
}

/** Whether a code point lies in one of the ranges. */
export function isIn(codePoint: number, ranges: readonly CodePoints[]): boolean {
  return ranges.some(([first, last]) => codePoint >= first && codePoint <= last);
}
