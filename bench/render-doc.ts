import { renderTable, type Report } from './render-table.ts';

/** The page of the documentation, written by the command that measured it. */
export function renderDoc(report: Report): string {
  return `# Performance

Written by \`npm run bench -- --doc docs/performance.md${report.scale === 1 ? '' : ` --scale ${report.scale}`}\`. Everything
runs on one machine: the program, the embedded database, and whoever makes the load, with the
settings that \`npm start\` uses. Beside each figure stands what the machine does without the
program in the same run: the same rows by \`COPY\`, one commit, the mail sink with a fixed body.
Other work on a shared machine shows in both, so the share says more than the figure.

${renderTable(report)}
For comparison: Parcelvoy (MariaDB, Redis), measured by us on two shared cores, took 66 to 77
profile upserts/s, 210 events/s with one matching list, 40/s with twenty, and 45 to 61/s with a
journey of three steps; after a kill it repeated 10 of 3,000 events.

\`npm run bench -- NAME\` runs one of them; \`--scale 0.2\` makes the work smaller, \`--json FILE\` keeps
the figures.
`;
}
