import { z } from 'zod';
import { parseWith, quoted } from '../check/report.ts';
import { RUN_STATES, type EventFact, type RunFact } from '../facts.ts';
import { canonicalPeriod } from '../periods/canonical-period.ts';
import { type Period, periodDefinition, periodSchema, periodSentence } from '../periods/index.ts';
import { expectedOneOf } from '../periods/parts.ts';
import { measuredSql } from '../sql/measured.ts';
import { stableJson } from '../stable-json.ts';
import type { Write } from '../sentences/write.ts';
import type { ConditionType } from './condition-type.ts';
import { compileMeasured } from './measured.ts';

const schema = z.strictObject({
  type: z.literal('workflow'),
  /** The ID of the workflow, as the API writes it. */
  workflow: z.string().regex(/^[1-9]\d{0,15}$/, 'expected the ID of a workflow, in quotes'),
  state: z.enum(RUN_STATES, { error: expectedOneOf(RUN_STATES) }),
  /** Absent: ever. */
  period: periodSchema.optional(),
});

/** What became of the contact in a workflow. */
export type WorkflowCondition = z.infer<typeof schema>;

const EVER: Period = { kind: 'ever' };

/**
 * Some run of the workflow for the contact: started in the period (`entered`), is running and
 * started in the period, or ended so in the period.
 */
export const workflow: ConditionType<WorkflowCondition> = {
  type: 'workflow',
  schema,
  check(input, { report, workflows }) {
    const condition = parseWith(schema, input, report);
    if (!condition) return undefined;
    if (condition.period && 'ahead' in periodDefinition(condition.period)) {
      report.at('period', 'kind').add('expected a period for runs; "next" is for dates in fields');
    }
    if (!workflows || workflows(condition.workflow)) return condition;
    report.at('workflow').add(`there is no workflow ${quoted(condition.workflow)}`);
    return undefined;
  },
  compile: (condition, { operands }) =>
    compileMeasured(
      { period: condition.period ?? EVER },
      {
        operands,
        factsOf: ({ runs = [] }) => runs.flatMap((run) => asFact(run, condition) ?? []),
      },
    ),
  toSql: (condition, context) =>
    measuredSql(
      {
        key: stableJson(workflow.canonical(condition)),
        condition: { period: condition.period ?? EVER },
        factsIn: ({ runs }) => runs?.(condition.workflow, condition.state),
      },
      context,
    ),
  need({ workflow: id, period = EVER }, needs) {
    needs.workflow(id);
    needs.zonesOf(period.zone);
  },
  canonical: ({ workflow: id, state, period = EVER }) => ({
    type: 'workflow',
    workflow: id,
    state,
    period: canonicalPeriod(period),
  }),
  sentence: (condition, write) =>
    write.message('condition.workflow.sentence', wordsOf(condition, write)),
  denial: (condition, write) =>
    write.message('condition.workflow.denial', wordsOf(condition, write)),
  messages: {
    sentence: `{state, select,
      entered {entered {workflow}}
      running {is in {workflow}{when, select, ever {} other {, entered}}}
      completed {completed {workflow}}
      stopped {was stopped in {workflow}}
      other {failed in {workflow}}
    }{when, select, ever {} other { {period}}}`,
    denial: `{state, select,
      entered {did not enter {workflow}}
      running {is not in {workflow}{when, select, ever {} other {, entered}}}
      completed {did not complete {workflow}}
      stopped {was not stopped in {workflow}}
      other {did not fail in {workflow}}
    }{when, select, ever {} other { {period}}}`,
  },
};

/** The run as something that happened, if it is one of those asked for. */
function asFact(run: RunFact, { workflow: id, state }: WorkflowCondition): EventFact | undefined {
  if (run.workflow !== id || (state !== 'entered' && run.state !== state)) return undefined;
  const occurredAt = state === 'entered' || state === 'running' ? run.startedAt : run.endedAt;
  return occurredAt === null ? undefined : { event: state, occurredAt, params: {} };
}

function wordsOf({ workflow: id, state, period = EVER }: WorkflowCondition, write: Write) {
  return {
    workflow: write.name('workflow', id),
    state,
    when: period.kind === 'ever' ? 'ever' : 'then',
    period: periodSentence(period, write),
  };
}
