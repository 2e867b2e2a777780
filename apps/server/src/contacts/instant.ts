/** Milliseconds as PostgreSQL reads them in an array of instants. */
export function instant(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}
