import type { Pool } from '../../db/pool.ts';
import type { JsonObject } from '../../inbox/index.ts';
import { T0, type WorkflowWorld } from '../test-workflows.ts';
import type { Place } from './test-place.ts';
import { PEOPLE } from './test-scenario.ts';
import { fieldsLine, runLine, type Outcome } from './test-outcome.ts';

interface RunRow {
  id: number;
  who: string;
  owner: string;
  workflow: number;
  key: string;
  state: string;
  reason: string | null;
  block: string;
  started_at: Date;
  wake_at: Date | null;
  ended_at: Date | null;
  steps: { block: string; exit: string | null; at: string }[];
}

/** Whose a row was when it was written, whoever has it by now. */
function whoOf(row: string): string {
  return `($3::text[])[array_position($4::bigint[], coalesce(${row}.source_contact_id, ${row}.contact_id))]`;
}

/** What became of a scenario in the engine, as its tables tell it. */
export async function readOutcome(
  pool: Pool,
  { world, workflows, people }: Pick<Place, 'world' | 'workflows' | 'people'>,
): Promise<Outcome & { draws: Map<string, string> }> {
  const of = [world.workspaceId, workflows, [...people.keys()], [...people.values()]];
  const { rows: runs } = await pool.query<RunRow>(
    `select r.id, ${whoOf('r')} as who, c.external_id as owner, array_position($2::bigint[], r.workflow_id) - 1 as workflow, r.key,
            r.state, r.reason, r.block, r.started_at, coalesce(r.wake_at, r.paused_wake_at) as wake_at, r.ended_at,
            coalesce((select jsonb_agg(jsonb_build_object('block', s.block, 'exit', s.exit,
                                                          'at', extract(epoch from s.at) * 1000) order by s.n)
                        from run_steps s where s.contact_id = r.contact_id and s.run_id = r.id), '[]') as steps
       from runs r join contacts c on c.id = r.contact_id
      where r.workspace_id = $1 and r.workflow_id = any($2)
      order by r.id`,
    of,
  );
  const seen = new Map<string, number>();
  const draws = new Map<string, string>();
  const lines = runs.map((run) => {
    const of = `${run.who} W${run.workflow}`;
    const n = seen.get(of) ?? 0;
    seen.set(of, n + 1);
    const steps = run.steps.map((step) => ({ ...step, at: Number(step.at) }));
    for (const [i, { exit }] of steps.entries()) draws.set(`${of} #${n} ${i}`, exit ?? '');
    return runLine({
      ...run,
      n,
      steps,
      startedAt: run.started_at.getTime(),
      wake: run.wake_at?.getTime(),
      endedAt: run.ended_at?.getTime(),
    });
  });
  return {
    runs: lines.toSorted(),
    sends: await lineup(
      pool,
      `select ${whoOf('s')} || ' W' || array_position($2::bigint[], s.workflow_id) - 1 || ' ' || s.block || ' '
              || extract(epoch from s.created_at)::bigint - ${T0 / 1000} || ' ' || s.decision || ' '
              || coalesce((select string_agg(d.state, ' ') from deliveries d
                            where d.contact_id = s.contact_id and d.send_id = s.id), 'none') as line
         from sends s
        where s.workspace_id = $1 and s.workflow_id = any($2)`,
      of,
    ),
    refusals: await lineup(
      pool,
      `select ${whoOf('n')} || ' W' || array_position($2::bigint[], n.workflow_id) - 1 || ' ' || n.key || ' '
              || n.reason || ' ' || extract(epoch from n.at)::bigint - ${T0 / 1000} as line
         from not_started n
        where n.workspace_id = $1 and n.workflow_id = any($2)
          -- Who was in which segment while two were one is no matter: nothing starts by that.
          and n.reason <> 'unmerge'`,
      of,
    ),
    fields: await readFields(pool, world),
    draws,
  };
}

async function lineup(pool: Pool, text: string, values: unknown[]): Promise<string[]> {
  const { rows } = await pool.query<{ line: string }>(text, values);
  return rows.map(({ line }) => line).toSorted();
}

async function readFields(pool: Pool, { workspaceId }: WorkflowWorld): Promise<string[]> {
  const { rows } = await pool.query<{ who: string; fields: JsonObject }>(
    `select external_id as who, fields from contacts where workspace_id = $1 and external_id = any($2) order by 1`,
    [workspaceId, PEOPLE],
  );
  return rows.map(({ who, fields }) => fieldsLine(who, fields));
}
