/** Names a run in maps. */
export interface RunRef {
  contactId: number;
  runId: number;
}

/** Names a contact's passage through a workflow in maps: a contact and a workflow. */
export function pairKey(contactId: number, workflowId: number): string {
  return `${contactId} ${workflowId}`;
}
