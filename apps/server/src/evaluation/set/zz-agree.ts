import { checkNode, compileRule } from '@perennial/conditions';
import { anyNode, anyCondition, NOW } from '@perennial/conditions/test-arbitraries';
import fc from 'fast-check';
import { createPool, migrate } from '../../db/index.ts';
import { startEmbedded } from '../../db/embedded/start-embedded.ts';
import { compileSet } from './compile-set.ts';
import { createWorld, fields, questionOf } from './test-world.ts';
import { chmodSync, mkdirSync } from 'node:fs';
const DAY=86400000;
const cases = Number(process.argv[2] ?? 200), seed = Number(process.argv[3] ?? 1), only = process.argv[4];
mkdirSync('/tmp/sets/agree',{recursive:true}); chmodSync('/tmp/sets',0o711); chmodSync('/tmp/sets/agree',0o711);
const server = await startEmbedded({ folder: '/tmp/sets/agree/postgres' });
const admin = createPool({ url: server.url, max: 1 });
const name = 'a' + Date.now();
await admin.query(`create database ${name}`);
const url = new URL(server.url); url.pathname = '/' + name;
const pool = createPool({ url: url.href, max: 4 });
try {
await migrate(pool, { now: new Date() });
const world = await createWorld(pool, { people: 30, seed });
const instants = fc.oneof(
  fc.constantFrom(NOW, NOW + 1, Date.UTC(2026, 9, 25, 1), Date.UTC(2026, 10, 1)),
  fc.integer({ min: NOW, max: NOW + 40 * DAY }),
);
async function problem(input: unknown, now: number): Promise<string | undefined> {
  const c = checkNode(input, { fields });
  if (!c.ok) return;
  const node = c.value as never;
  const q = questionOf(node, now);
  const rule = compileRule(node, { fields });
  const everybody = world.filter((o) => !o.deleted);
  let step = 'members';
  try {
    const m = compileSet(q, 'members');
    const found = (await pool.query<{id:number}>(m.text, m.values)).rows.map((r) => r.id).toSorted((a,b)=>a-b);
    const expected = everybody.filter((o) => rule.test(o.factsAt(now))).map((o) => o.id);
    if (JSON.stringify(found) !== JSON.stringify(expected)) {
      const off = [...found.filter(x=>!expected.includes(x)).map(x=>'+'+x), ...expected.filter(x=>!found.includes(x)).map(x=>'-'+x)];
      return 'members ' + off.slice(0,5).join();
    }
    step='changes';
    const ch = compileSet(q, 'changes');
    const rows = (await pool.query<any>(ch.text, ch.values)).rows;
    const by = new Map(rows.map((r:any) => [r.id, r]));
    for (const o of everybody) {
      const a: any = by.get(o.id) ?? { member: false, changes_at: null };
      if (a.member !== expected.includes(o.id)) return 'changes member ' + o.id;
      const until = a.changes_at?.getTime() ?? Infinity;
      if (!(until > now)) return `changes past ${o.id} ${a.changes_at?.toISOString()}`;
      const j = rule.judge(o.factsAt(now));
      let at = j.changesAt;
      for (let k=0;k<40 && at<until && at<Infinity;k++) { const jj=rule.judge(o.factsAt(at)); if (jj.result!==j.result) return `late ${o.id} flips ${new Date(at).toISOString()} bound ${until===Infinity?'never':new Date(until).toISOString()}`; at=jj.changesAt; }
      if (a.member===j.result) { if (j.changesAt===Infinity && until<Infinity) early.never++; else if (until<j.changesAt) early.early++; else early.exact++; }
    }
  } catch (e: any) { return step + ' ' + e.message + ' ' + (e.code ?? ''); }
}
const early = { never: 0, early: 0, exact: 0 };
const arb = only ? anyCondition.filter((c:any) => c.type === only || (only.includes(':') && JSON.stringify(c).includes(only.split(':')[1]!))) : anyNode;
let n = 0; const seen = new Set<string>();
for (let round=0; n < cases && seen.size < 12; round++) {
  const res = await fc.check(fc.asyncProperty(arb, instants, async (input, now) => { n++; const p = await problem(input, now); if (p) { const k=p.replace(/\d+/g,'#').slice(0,60); if (!seen.has(k) || (globalThis as any).cur===k) { (globalThis as any).cur=k; throw new Error(p);} } }), { numRuns: cases, seed: seed*1000+round, endOnFailure: false });
  const cur=(globalThis as any).cur; 
  if (!res.failed) break;
  seen.add(cur); (globalThis as any).cur = undefined;
  console.log('#', (res.errorInstance as any)?.message, new Date(res.counterexample![1]).toISOString(), '\n  ', JSON.stringify(res.counterexample![0]));
}
console.log(n, 'cases', seen.size, 'kinds of failures', early);
} finally { await pool.end(); await admin.query(`drop database ${name} with (force)`); await admin.end(); await server.stop(); }
