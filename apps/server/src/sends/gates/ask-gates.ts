import type { GateReason } from '../decision.ts';
import { address } from './address.ts';
import { audience } from './audience.ts';
import { category } from './category.ts';
import { consent } from './consent.ts';
import type { Candidate, Gate, GateQuestion } from './gate.ts';
import { suppression } from './suppression.ts';

/** In the order in which they are asked; the first that says no decides. */
const GATES: readonly Gate[] = [audience, consent, category, suppression, address];

export type Verdict = { reasons: GateReason[] } & (
  | { decision: 'sent'; candidates: readonly Candidate[] }
  | { decision: 'held'; holdUntil: Date }
  | { decision: 'refused'; reason: string }
);

/** Asks gate after gate, each about the addresses that those before it left. */
export function askGates(question: GateQuestion): Verdict {
  const reasons: GateReason[] = [];
  let { candidates } = question;
  for (const gate of GATES) {
    const answer = gate.ask({ ...question, candidates });
    const passed = 'passed' in answer && answer.passed;
    reasons.push({
      gate: gate.key,
      passed,
      ...(answer.details !== undefined && { details: answer.details }),
    });
    if ('held' in answer) return { decision: 'held', holdUntil: answer.held, reasons };
    if (!answer.passed) return { decision: 'refused', reason: answer.reason, reasons };
    ({ candidates } = answer);
  }
  return { decision: 'sent', candidates, reasons };
}
