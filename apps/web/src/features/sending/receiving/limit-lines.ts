import type { ReceivingLimit } from '@perennial/contracts';

/** A limit as it is typed; an empty number is no limit. */
export interface LimitLine {
  domains: string;
  rate: number | string;
  connections: number | string;
}

export function linesOf(limits: readonly ReceivingLimit[]): LimitLine[] {
  return limits.map(({ domains, rate_per_second: rate, connections }) => ({
    domains: domains.join(', '),
    rate: rate ?? '',
    connections: connections ?? '',
  }));
}

export function domainsIn({ domains }: Pick<LimitLine, 'domains'>): string[] {
  return domains.split(/[\s,;]+/).filter(Boolean);
}

export function limitsOf(lines: readonly LimitLine[]): ReceivingLimit[] {
  return lines.map((line) => ({
    domains: domainsIn(line),
    rate_per_second: numberOf(line.rate),
    connections: numberOf(line.connections),
  }));
}

function numberOf(typed: number | string): number | null {
  return typed === '' ? null : Number(typed);
}
