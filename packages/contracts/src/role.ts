import { z } from 'zod';
import { ALL_RIGHTS, type Right } from './right.ts';

interface RoleDefinition {
  label: string;
  rights: readonly Right[];
}

const marketer = ALL_RIGHTS.filter(
  (right) => !['users.write', 'audit.read', 'suppressions.lift'].includes(right),
);
const withoutExport = marketer.filter((right) => right !== 'contacts.export');

/** A role is a set of rights that a user has in one workspace. */
export const ROLES = {
  admin: { label: 'Admin', rights: ALL_RIGHTS },
  marketer: { label: 'Marketer', rights: marketer },
  marketer_without_export: { label: 'Marketer without export', rights: withoutExport },
  marketer_without_contact_data: {
    label: 'Marketer without contact data',
    rights: withoutExport.filter((right) => right !== 'contacts.read_personal'),
  },
  designer: {
    label: 'Designer',
    rights: ['contacts.read', 'messages.write', 'workflows.write', 'reports.read'],
  },
  content_creator: {
    label: 'Content creator',
    rights: ['contacts.read', 'messages.write', 'messages.send', 'reports.read'],
  },
  auditor: {
    label: 'Auditor',
    rights: ['contacts.read', 'contacts.read_personal', 'reports.read', 'audit.read'],
  },
} as const satisfies Record<string, RoleDefinition>;

export type Role = keyof typeof ROLES;

export const ALL_ROLES = Object.keys(ROLES) as Role[];

export const roleSchema = z.enum(ALL_ROLES as [Role, ...Role[]]).meta({ id: 'Role' });
