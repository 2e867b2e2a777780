export { forgetContact } from './forget-contact.ts';
export { changesBetween } from './changes-between.ts';
export { createDenialLog } from './record-denials.ts';
export { auditRoutes } from './routes.ts';
export { writeAudit } from './write-audit.ts';
export type { AuditRecord } from './write-audit.ts';
