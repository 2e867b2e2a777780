/** The rows whose positions change when one of them moves up or down by one, with the new ones. */
export function moved<Row extends { id: string; position: number }>(
  rows: readonly Row[],
  at: number,
  by: 1 | -1,
): { id: string; position: number }[] {
  const next = [...rows];
  const [row] = next.splice(at, 1);
  if (!row) return [];
  next.splice(at + by, 0, row);
  return next.flatMap(({ id, position }, index) =>
    position === index ? [] : [{ id, position: index }],
  );
}
