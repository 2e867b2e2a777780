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
\`npm run bench -- NAME\` runs one of them; \`--scale 0.2\` makes the work smaller, \`--json FILE\` keeps
the figures.
`;
}
