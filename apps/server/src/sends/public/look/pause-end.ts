import type { PageLook } from './page-look.ts';

const DAY_MS = 86_400_000;

/** Until when a pause that is taken now lasts. */
export function pauseEnd({ theme }: Pick<PageLook, 'theme'>, now: Date): Date {
  return new Date(now.getTime() + theme.pause_days * DAY_MS);
}
