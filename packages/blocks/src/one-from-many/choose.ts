import type { Json, JsonObject } from '@perennial/conditions';
import { hashPoint } from '../split/hash-point.ts';
import type { Variant } from '../step.ts';
import { allocate, positionAt } from './allocate.ts';
import type { OneFromManySettings } from './block.ts';
import { posteriorsOf, type Posteriors } from './posteriors.ts';

/** One of the variants, with what its history and its learning need. */
export interface Choice {
  readonly messageId: number;
  /** With which it was chosen, exactly: the draw is by these numbers. */
  readonly probability: number;
  /** Among how many. */
  readonly available: number;
  /** Every variant as it was seen, for whoever asks why. */
  readonly seen: JsonObject;
}

/**
 * Chooses among variants: which one depends on nothing but what is seen of them and the point, so
 * that a step that is taken again chooses the same. A text says why there is none.
 */
export function chooseVariant(
  variants: readonly Variant[],
  settings: OneFromManySettings,
  { posteriors, point }: { posteriors: Posteriors; point: number },
): Choice | string {
  const { mode, all_sent: allSent, memory, channel } = settings;
  if (variants.length === 0) return `no ${channel} message bears the tags`;
  const positions = [...variants.keys()];
  const running = positions.filter((i) => !variants[i]!.paused);
  if (running.length === 0) return 'all variants are paused';
  const unsent = running.filter((i) => variants[i]!.sentAt === undefined);
  if (unsent.length === 0 && allSent === 'failed') {
    return `the contact was sent every variant within ${memory} days`;
  }
  const among = unsent.length > 0 ? unsent : [oldestOf(running, variants)];
  const probabilities = allocate(posteriors, among, mode);
  const chosen = positionAt(probabilities, point);
  return {
    messageId: variants[among[chosen]!]!.messageId,
    probability: probabilities[chosen]!,
    available: among.length,
    seen: {
      mode,
      message: String(variants[among[chosen]!]!.messageId),
      probability: rounded(probabilities[chosen]!),
      variants: variants.map((variant, i) => seenOf(variant, probabilities[among.indexOf(i)])),
    },
  };
}

/** All visits of a block that sees the same counts share what is believed of its variants. */
export function believer(): (variants: readonly Variant[]) => Posteriors {
  const known = new Map<string, Posteriors>();
  return (variants) => {
    const key = variants.map((one) => `${one.settled}/${one.succeeded}`).join(' ');
    const posteriors = known.get(key) ?? posteriorsOf(variants);
    known.set(key, posteriors);
    return posteriors;
  };
}

/**
 * Of a run and its block always the same point, and another one each time the run has been sent
 * something by it.
 */
export function pointOf(run: { readonly id: number }, block: string, before: string): number {
  return hashPoint(`${run.id} ${block} ${before}`);
}

function oldestOf(positions: readonly number[], variants: readonly Variant[]): number {
  return positions.reduce((oldest, i) =>
    variants[i]!.sentAt! < variants[oldest]!.sentAt! ? i : oldest,
  );
}

function seenOf(
  { messageId, settled, succeeded, paused, sentAt }: Variant,
  probability: number | undefined,
): Json {
  return {
    message: String(messageId),
    settled,
    succeeded,
    probability: rounded(probability ?? 0),
    ...(probability === undefined && {
      left_out: paused || sentAt === undefined ? 'paused' : 'memory',
    }),
    ...(sentAt !== undefined && { sent_at: new Date(sentAt).toISOString() }),
  };
}

/** As people and histories read it. */
function rounded(probability: number): number {
  return Math.round(probability * 1e4) / 1e4;
}
