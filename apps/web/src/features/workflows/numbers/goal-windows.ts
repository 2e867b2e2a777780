/** For how long after a block a goal counts, in hours, as they are offered. */
export const WINDOWS = [1, 24, 72, 168, 336, 720] as const;

const USUAL = 168;

/** The window in the address bar; what is not offered is the usual one. */
export function readWindow(text: string): number {
  return WINDOWS.find((each) => String(each) === text) ?? USUAL;
}
