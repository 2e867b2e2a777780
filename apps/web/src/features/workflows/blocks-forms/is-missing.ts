/** True where nothing stands at a JSON pointer, or what a field that was emptied leaves. */
export function isMissing(value: unknown, pointer: string): boolean {
  let place = value;
  for (const key of pointer.split('/').slice(1)) {
    if (place === null || typeof place !== 'object') return true;
    place = (place as Record<string, unknown>)[key.replaceAll('~1', '/').replaceAll('~0', '~')];
  }
  return place === undefined || place === null || place === '';
}
