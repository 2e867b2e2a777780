import type { Page } from '@perennial/contracts';

/** Of a list that looks at so many rows an answer: where it stopped, because little fitted; null: it did not. */
export function lookedUntil(page: Page<unknown> | undefined): string | null {
  return (page as { looked_until?: string | null } | undefined)?.looked_until ?? null;
}
