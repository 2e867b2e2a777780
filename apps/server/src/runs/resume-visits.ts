import type { Tx } from '../db/index.ts';
import type { ItemOutcome, JsonObject } from '../inbox/index.ts';
import { wakeRuns } from './wake-runs.ts';

/** What became of an item that a run waits for. */
export interface Resumption {
  contactId: number;
  runId: number;
  step: number;
  outcome: ItemOutcome;
  at: number;
}

/** Lets runs go on whose items were applied, with what became of them as the block's result. */
export async function resumeVisits(
  tx: Tx,
  { resumptions }: { resumptions: readonly Resumption[] },
): Promise<void> {
  await wakeRuns(tx, {
    heard: resumptions.map(({ outcome, ...visit }) => ({ ...visit, result: resultOf(outcome) })),
  });
}

function resultOf(outcome: ItemOutcome): JsonObject {
  const told = (outcome['result'] ?? {}) as JsonObject;
  if (!outcome.ok) return { ...told, failed: whyNot(outcome), code: outcome.code };
  if ('result' in outcome) return told;
  if (outcome['campaign'] !== undefined) return { campaign: outcome['campaign'] };
  return { contact: String(outcome.contactId), created: outcome.minted };
}

/** With the fields that did not fit, if that is why. */
function whyNot({ message, errors }: Extract<ItemOutcome, { ok: false }>): string {
  if (!Array.isArray(errors) || errors.length === 0) return message;
  const details = errors.map((error) => (error as { message?: string }).message ?? '');
  return `${message} ${details.filter(Boolean).join('; ')}`.trim();
}
