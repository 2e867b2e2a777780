export { countActivity } from './activity/count-activity.ts';
export { activityRoutes } from './activity/routes.ts';
export { fieldUsageRoutes } from './field-usage/routes.ts';
export { findConsequences } from './find-consequences.ts';
export { consentRoutes } from './consents/routes.ts';
export { leavingRoutes } from './leaving/routes.ts';
