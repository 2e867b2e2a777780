export type {
  CompiledEntryStart,
  CompiledEventSegmentStart,
  CompiledEventStart,
  CompiledEventStop,
  CompiledFieldStart,
  CompiledStart,
  CompiledVersion,
} from './compile-version.ts';
export { fieldTest } from './compile-version.ts';
export type { CompiledWait } from './compile-waits.ts';
export type { EventRules } from './event-rules.ts';
export { findEventUses } from './event-uses.ts';
export { findTypeProblems } from './find-type-problems.ts';
export { findMessageUses } from './find-message-uses.ts';
export { findSegmentUses } from './find-segment-uses.ts';
export { countWorkflows, findVersion, listWorkflowsByName } from './queries.ts';
export { publishWorkflow } from './publish-workflow.ts';
export { WORKFLOWS_CHANNEL } from './tell-of-workflows.ts';
export { workflowGalleryRoutes } from './gallery/routes.ts';
export { workflowRoutes } from './routes.ts';
export { beginStartingMembers, startMembersWork } from './start-members.ts';
export { checkDefinition, requireValid } from './check-definition.ts';
export { rehearsalIndex } from './rehearsal-index.ts';
export { createWorkflow, readWorkflow } from './save-workflow.ts';
export type { WorkflowWithTags } from './save-workflow.ts';
export { openWorkflowSecrets, sealSecrets } from './secrets.ts';
export { setWorkflowState } from './set-workflow-state.ts';
export { settingsContent, settingsProblem, templatesOf } from './settings-content.ts';
export { showWorkflow } from './show-workflow.ts';
export { createWorkflowCache } from './workflow-index.ts';
export type {
  LiveStop,
  LiveWait,
  LiveWorkflow,
  WorkflowCache,
  WorkflowIndex,
  WorkspaceWorkflows,
} from './workflow-index.ts';
