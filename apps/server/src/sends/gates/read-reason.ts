import type { GateReason } from '../decision.ts';

/** Why a send was refused, as reports count it. */
export interface CountedReason {
  gate: string;
  reason: string;
}

/**
 * The gate that said no, with its word: what it saw, where the decision kept it. The last one: those before it had the
 * message wait at most.
 */
export function readReason(reasons: readonly GateReason[]): CountedReason {
  const refusal = reasons.findLast(({ passed }) => !passed);
  if (!refusal) return { gate: 'none', reason: 'none' };
  const { gate, details } = refusal;
  return { gate, reason: wordOf(details) ?? DEFAULTS[gate] ?? gate };
}

/** Gates whose only reason stands in no detail. */
const DEFAULTS: Record<string, string> = {
  address: 'no address',
  category: 'not in category',
  message: 'message archived',
  audience: 'deleted',
};

function wordOf(details: GateReason['details']): string | undefined {
  if (typeof details !== 'object' || details === null || Array.isArray(details)) return undefined;
  const { reason, reasons, states } = details;
  if (typeof reason === 'string') return reason;
  const [first] = [reasons, states].flatMap((list) => (Array.isArray(list) ? list : []));
  return typeof first === 'string' ? first : undefined;
}
