import { z } from 'zod';

/** What a caller may do, in the words shown to those who give rights away. */
export const RIGHTS = {
  'contacts.read': 'See contacts, with personal data masked',
  'contacts.read_personal': 'See names, addresses and other personal data',
  'contacts.write': 'Create, change and delete contacts; record events',
  'events.write': 'Record events, and nothing else about contacts',
  'contacts.export': 'Export contacts',
  'suppressions.lift': 'Let blacklisted, bounced and blocked addresses be written to again',
  'segments.write': 'Create and change segments and lists',
  'workflows.write': 'Create and change workflows',
  'workflows.launch': 'Start, pause and stop workflows',
  'messages.write': 'Create and change messages',
  'messages.send': 'Send messages and campaigns',
  'reports.read': 'See reports',
  'audit.read': 'See who changed what',
  'settings.write': 'Change settings, channels, fields and keys',
  'users.write': 'Invite users and give them roles',
} as const;

export type Right = keyof typeof RIGHTS;

export const ALL_RIGHTS = Object.keys(RIGHTS) as Right[];

export const rightSchema = z.enum(ALL_RIGHTS as [Right, ...Right[]]).meta({ id: 'Right' });

/** What comes with a right. */
const IMPLIED: { [Name in Right]?: readonly Right[] } = { 'contacts.write': ['events.write'] };

/** These rights, and those that come with them. */
export function withImplied(rights: Iterable<Right>): Set<Right> {
  const given = [...rights];
  return new Set([...given, ...given.flatMap((right) => IMPLIED[right] ?? [])]);
}
