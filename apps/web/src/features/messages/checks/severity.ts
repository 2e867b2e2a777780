import type { CheckFinding } from '@perennial/contracts';

export interface Counts {
  errors: number;
  warnings: number;
  hints: number;
}

export function countFindings(findings: readonly CheckFinding[]): Counts {
  const of = (severity: CheckFinding['severity']) =>
    findings.filter((finding) => finding.severity === severity).length;
  return { errors: of('error'), warnings: of('warning'), hints: of('hint') };
}

const order = ['error', 'warning', 'hint'] as const;

/** The worst first; what is as bad as another stays where it is. */
export function bySeverity(a: CheckFinding, b: CheckFinding): number {
  return order.indexOf(a.severity) - order.indexOf(b.severity);
}

/** The worst that there is. */
export function worstOf({ errors, warnings, hints }: Counts): CheckFinding['severity'] | 'fine' {
  if (errors > 0) return 'error';
  if (warnings > 0) return 'warning';
  return hints > 0 ? 'hint' : 'fine';
}
