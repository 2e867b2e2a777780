export { createWorkspace } from './create-workspace.ts';
export type { NewWorkspace } from './create-workspace.ts';
export {
  findWorkspaceBySlug,
  listWorkspaces,
  lockWorkspace,
  raiseConfigVersion,
  WORKSPACES_CHANNEL,
} from './queries.ts';
export type { WorkspaceRow } from './queries.ts';
export { workspaceRoutes } from './routes.ts';
export type { MeantChange } from './routes.ts';
export { changeSettings, readSettings } from './settings.ts';
export { createSettingsCache } from './settings-cache.ts';
