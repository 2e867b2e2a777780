/** A run that began or ended. */
export interface RunMove {
  workspaceId: number;
  contactId: number;
  workflowId: number;
  /** How many runs and facts stand in the chain that caused it. */
  depth: number;
  /** Epoch milliseconds. */
  at: number;
}

/** Which runs began or ended in a batch, for whoever asks whether a contact is in a workflow. */
export interface RunMoves {
  note(move: RunMove): void;
  /** What was noted since the last call. */
  take(): RunMove[];
}

export function createRunMoves(): RunMoves {
  let noted: RunMove[] = [];
  return {
    note: (move) => void noted.push(move),
    take() {
      const taken = noted;
      noted = [];
      return taken;
    },
  };
}
