/** Fields that the program keeps itself, which nothing else writes. */
const KEPT = new Set([
  'id',
  'external_id',
  'source',
  'device_platform',
  'created_at',
  'updated_at',
  'last_seen_at',
]);

export function isKept(field: string): boolean {
  return KEPT.has(field);
}
