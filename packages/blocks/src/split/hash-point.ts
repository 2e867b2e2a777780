/**
 * A point of [0, 1) that depends on the text alone: 53 bits from two 32-bit lanes, each mixed by
 * multiplication and finished with the finaliser of MurmurHash3. Never change it: runs that pass a
 * split twice must pass it the same way.
 */
export function hashPoint(text: string): number {
  let high = 0x9e3779b9;
  let low = 0x85ebca6b;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    high = Math.imul(high ^ unit, 0x2c1b3c6d);
    low = Math.imul(low ^ unit, 0x297a2d39);
    high ^= high >>> 15;
    low ^= low >>> 13;
  }
  const top = finish(high ^ low) >>> 6;
  const bottom = finish(Math.imul(low, 31) ^ high) >>> 5;
  return (top * 2 ** 27 + bottom) / 2 ** 53;
}

function finish(lane: number): number {
  let mixed = lane;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
