/** A visit of a run to a block that waits until an item was applied. */
export interface WaitingVisit {
  workspaceId: number;
  contactId: number;
  runId: number;
  /** Number of the visit. */
  step: number;
}

const RUN = 'run';

/** The ticket of an item whose outcome goes to a run. */
export function runTicket({ workspaceId, contactId, runId, step }: WaitingVisit): string {
  return [RUN, workspaceId, contactId, runId, step].join(' ');
}

/** Who waits for the outcome of a ticket; undefined if it is no run. */
export function waitingVisit(ticket: string): WaitingVisit | undefined {
  const [kind, ...numbers] = ticket.split(' ');
  if (kind !== RUN || numbers.length !== 4) return undefined;
  const [workspaceId, contactId, runId, step] = numbers.map(Number) as [
    number,
    number,
    number,
    number,
  ];
  return { workspaceId, contactId, runId, step };
}
