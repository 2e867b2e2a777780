/** Two-sided, of the normal distribution. */
const Z_95 = 1.959964;

export interface Interval {
  low: number;
  high: number;
}

/** Where a rate lies with 95 % confidence, by Wilson's score; also of few, and of none or all. */
export function wilsonInterval(did: number, sent: number, z = Z_95): Interval {
  if (sent === 0) return { low: 0, high: 1 };
  const rate = did / sent;
  const square = (z * z) / sent;
  const middle = (rate + square / 2) / (1 + square);
  const half = (z * Math.sqrt((rate * (1 - rate)) / sent + square / (4 * sent))) / (1 + square);
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}
