import type { RunState, WorkflowState } from '@perennial/contracts';
import type { Tone } from '@perennial/ui';

export const workflowTones: Record<WorkflowState, Tone> = {
  draft: 'neutral',
  active: 'success',
  paused: 'warning',
  archived: 'neutral',
};

export const runTones: Record<RunState, Tone> = {
  waiting: 'info',
  running: 'info',
  completed: 'success',
  stopped: 'neutral',
  failed: 'danger',
};

export const runStates = Object.keys(runTones) as RunState[];
export const workflowStates = Object.keys(workflowTones) as WorkflowState[];
