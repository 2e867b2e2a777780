import { writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { acceptBench } from './accept.bench.ts';
import { applyBench } from './apply.bench.ts';
import { callbacksBench } from './callbacks.bench.ts';
import { campaignBench } from './campaign.bench.ts';
import { canvasBench } from './canvas.bench.ts';
import { computeBench } from './compute.bench.ts';
import { emailsBench } from './emails.bench.ts';
import { footprintBench } from './footprint.bench.ts';
import { heavyBench } from './heavy.bench.ts';
import { latencyBench } from './latency.bench.ts';
import type { Bench, Figure } from './bench.ts';
import { openBenchDatabase } from './database.ts';
import { renderDoc } from './render-doc.ts';
import { renderTable } from './render-table.ts';
import { flipsBench, midnightBench } from './flips.bench.ts';
import { liveBench } from './live.bench.ts';
import { startsBench } from './starts.bench.ts';
import { stepsBench, timersBench } from './steps.bench.ts';
import { redirectsBench } from './redirects.bench.ts';
import { resendBench } from './resend.bench.ts';
import { setsBench } from './sets.bench.ts';
import { resolveBench } from './resolve.bench.ts';
import { sustainedBench } from './sustained.bench.ts';
import { upsertsBench } from './upserts.bench.ts';
import { visibleBench } from './visible.bench.ts';

const BENCHES: Bench[] = [
  acceptBench,
  resolveBench,
  applyBench,
  sustainedBench,
  latencyBench,
  visibleBench,
  upsertsBench,
  resendBench,
  setsBench,
  stepsBench,
  timersBench,
  startsBench,
  liveBench,
  heavyBench,
  flipsBench,
  midnightBench,
  computeBench,
  emailsBench,
  callbacksBench,
  redirectsBench,
  campaignBench,
  canvasBench,
  footprintBench,
];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'string', short: 'j' },
    doc: { type: 'string' },
    scale: { type: 'string', default: '1' },
    keep: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  },
});

if (values.help) {
  process.stdout.write(
    `npm run bench -- [names] [--scale 0.2] [--keep FOLDER] [--json FILE] [--doc FILE]\nNames: ${BENCHES.map((bench) => bench.name).join(', ')}\n`,
  );
} else await runAll();

async function runAll(): Promise<void> {
  const chosen = BENCHES.filter(
    (bench) => positionals.length === 0 || positionals.includes(bench.name),
  );
  const log = (line: string): void => void process.stderr.write(`${line}\n`);
  const results: { bench: string; title: string; figures: Figure[] }[] = [];
  for (const bench of chosen) {
    log(`${bench.name}: ${bench.title}`);
    const database = await openBenchDatabase({ keep: values.keep });
    try {
      const figures = await bench.run({ database, log, scale: Number(values.scale) });
      results.push({ bench: bench.name, title: bench.title, figures });
    } finally {
      await database.close();
    }
  }
  const machine = `${availableParallelism()} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), ${Math.round(totalmem() / 1024 ** 3)} GB, Node.js ${process.version}`;
  const report = { at: new Date().toISOString(), machine, scale: Number(values.scale), results };
  process.stdout.write(renderTable(report));
  if (values.json) await writeFile(values.json, `${JSON.stringify(report, null, 2)}\n`);
  if (values.doc) await writeFile(values.doc, renderDoc(report));
}
