import { usableFormat } from './region-of.ts';

/** The browser's own settings, for before log-in and for users who chose none. */
export const browserRegion = {
  format: usableFormat(navigator.languages),
  timeZone: Intl.DateTimeFormat('en').resolvedOptions().timeZone,
};
