import { z } from 'zod';
import { paramsSchema, whomSchema } from '../act/whom.ts';
import { defineBlock } from '../block.ts';

const settings = z.strictObject({
  workflow: z.string().regex(/^[1-9]\d{0,15}$/, 'expected the ID of a workflow, in quotes'),
  /** May hold values from elsewhere; absent: those of what started this run. */
  params: paramsSchema.optional(),
  /** Absent: the run's own contact. */
  contact: whomSchema.optional(),
});

/** Starts another workflow, under its own checks; this run does not wait for it. */
export const startWorkflowBlock = defineBlock({
  type: 'start_workflow',
  group: 'flow',
  icon: 'player-play',
  label: 'Start workflow',
  settings,
  exits: () => ['next'],
  waiting: false,
  onFailure: 'end',
  sentence: ({ workflow, contact }) => ({
    id: `block.start_workflow.${contact ? 'other' : 'own'}`,
    values: { workflow },
  }),
  defaults: () => ({}),
  references: ({ workflow }) => [{ kind: 'workflow', id: workflow, path: '/workflow' }],
  texts: {
    label: 'Start workflow',
    own: 'Start workflow {workflow}',
    other: 'Start workflow {workflow} for another contact',
  },
});
