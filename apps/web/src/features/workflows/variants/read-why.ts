export interface SeenVariant {
  message: string;
  probability: number;
  settled: number;
  succeeded: number;
  leftOut: 'paused' | 'memory' | null;
}

interface Why {
  mode: 'bandit' | 'equal';
  /** The one that was chosen. */
  message: string;
  /** The likeliest first. */
  variants: SeenVariant[];
}

/** What a send and a run's history keep of a choice; undefined for anything else. */
export function readWhy(details: unknown): Why | undefined {
  if (!isRecord(details) || !Array.isArray(details['variants'])) return undefined;
  return {
    mode: details['mode'] === 'equal' ? 'equal' : 'bandit',
    message: String(details['message']),
    variants: details['variants']
      .filter(isRecord)
      .map(seenVariant)
      .toSorted((a, b) => b.probability - a.probability),
  };
}

function seenVariant({
  message,
  probability,
  settled,
  succeeded,
  left_out: leftOut,
}: Record<string, unknown>): SeenVariant {
  return {
    message: String(message),
    probability: Number(probability ?? 0),
    settled: Number(settled ?? 0),
    succeeded: Number(succeeded ?? 0),
    leftOut: leftOut === 'paused' || leftOut === 'memory' ? leftOut : null,
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
