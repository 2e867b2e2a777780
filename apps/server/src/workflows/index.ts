export { compileVersion } from './compile-version.ts';
export type { CompiledEventStart, CompiledEventStop, CompiledVersion } from './compile-version.ts';
export { createWorkflowCache } from './workflow-index.ts';
export type {
  LiveStop,
  LiveWorkflow,
  WorkflowCache,
  WorkflowIndex,
  WorkspaceWorkflows,
} from './workflow-index.ts';
