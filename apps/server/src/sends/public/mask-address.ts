/**
 * An address as its owner knows it again and a stranger does not read it; undefined for what people
 * do not know by heart, such as push tokens.
 */
export function maskAddress(address: string): string | undefined {
  const at = address.lastIndexOf('@');
  if (at > 0) return `${String.fromCodePoint(address.codePointAt(0)!)}•••${address.slice(at)}`;
  return /^\+\d{6,}$/.test(address) ? `${address.slice(0, 3)}•••${address.slice(-2)}` : undefined;
}
