import type { Origin } from '../../http/index.ts';

/** How the audit names what is done from the command line. */
export function originOfCommand(command: string, now: Date): Origin {
  return { workspaceId: null, actor: { kind: 'cli', id: null, name: command }, at: now };
}
