import type { Figure } from './bench.ts';

export interface Report {
  at: string;
  machine: string;
  scale: number;
  results: { bench: string; title: string; figures: Figure[] }[];
}

/** The report as a Markdown table: what was measured, its budget, the machine's own limit. */
export function renderTable({ at, machine, scale, results }: Report): string {
  const lines = [
    `Measured ${at.slice(0, 16).replace('T', ' ')} UTC on ${machine}${scale === 1 ? '' : `, scale ${scale}`}.`,
    '',
    '| what | measured | budget | met | the machine alone | share of it |',
    '|---|---:|---:|---|---|---:|',
    ...results.flatMap(({ figures }) => figures.map(row)),
  ];
  return `${lines.join('\n')}\n`;
}

function row({ what, value, unit, budget, atMost, limit, note }: Figure): string {
  const cells = [
    note ? `${what} (${note})` : what,
    `${round(value)} ${unit}`,
    budget === undefined ? '' : `${atMost ? '≤' : '≥'} ${round(budget)} ${unit}`,
    budget === undefined ? '' : isMet(value, budget, atMost) ? 'yes' : '**no**',
    limit ? `${limit.what}: ${round(limit.value)} ${unit}` : '',
    limit ? `${Math.round((100 * value) / limit.value)} %` : '',
  ];
  return `| ${cells.join(' | ')} |`;
}

function isMet(value: number, budget: number, atMost: boolean | undefined): boolean {
  return atMost ? value <= budget : value >= budget;
}

function round(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3);
}
