/** What a workflow begins with that begins with nothing. */
export const emptyWorkflow = {
  language: 1,
  limits: { reentry: 'always', one_at_a_time: true },
  start: { type: 'manual' },
  stop: [],
  first: 'done',
  blocks: { done: { type: 'end', exits: {} } },
};
