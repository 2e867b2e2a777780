import type { GateReason } from '../decision.ts';
import { address } from './address.ts';
import { audience } from './audience.ts';
import { category } from './category.ts';
import { consent } from './consent.ts';
import { frequency } from './frequency.ts';
import type { Candidate, Gate, GateQuestion } from './gate.ts';
import { sendHours } from './send-hours.ts';
import { suppression } from './suppression.ts';
import { timeToLive } from './time-to-live.ts';

/** In the order in which they are asked; the first that says no decides. */
const GATES: readonly Gate[] = [
  audience,
  consent,
  category,
  suppression,
  frequency,
  sendHours,
  timeToLive,
  address,
];

export type Verdict = { reasons: GateReason[] } & (
  | { decision: 'sent'; candidates: readonly Candidate[] }
  /** `reason`: the gate that has it wait. */
  | { decision: 'held'; reason: string; holdUntil: Date }
  | { decision: 'refused'; reason: string }
);

/**
 * Asks gate after gate, each about the addresses that those before it left, and the instant. What
 * must wait is still asked about by the rest: nobody waits for what would be refused anyway.
 */
export function askGates(question: GateQuestion): Verdict {
  const reasons: GateReason[] = [];
  let { candidates, at } = question;
  let waitsFor: string | undefined;
  for (const gate of GATES) {
    const answer = gate.ask({ ...question, candidates, at });
    const passed = 'passed' in answer && answer.passed;
    reasons.push({
      gate: gate.key,
      passed,
      ...(answer.details !== undefined && { details: answer.details }),
    });
    if ('until' in answer) {
      at = answer.until;
      waitsFor = gate.key;
    } else if (answer.passed) ({ candidates } = answer);
    else return { decision: 'refused', reason: answer.reason, reasons };
  }
  if (waitsFor === undefined) return { decision: 'sent', candidates, reasons };
  return { decision: 'held', reason: waitsFor, holdUntil: new Date(at), reasons };
}
