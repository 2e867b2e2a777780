/** Events of a type that are to be deleted, as the API is told. */
export interface DeletionRange {
  type: string;
  from: string;
  to: string;
  past_only: boolean;
}

interface Chosen {
  type: string;
  /** As an input writes it, in the browser's zone. */
  from: string;
  to: string;
  which: 'past' | 'all';
}

/** Undefined until both ends are chosen and in order. */
export function readRange({ type, from, to, which }: Chosen): DeletionRange | undefined {
  const [begin, end] = [new Date(from), new Date(to)];
  // Not a number compares as false.
  if (!(begin.getTime() < end.getTime())) return undefined;
  return {
    type,
    from: begin.toISOString(),
    to: end.toISOString(),
    past_only: which === 'past',
  };
}
