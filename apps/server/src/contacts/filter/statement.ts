/** Adds a parameter to a statement and gives its name there, with its type if one is said. */
export type Put = (value: unknown, type?: string) => string;

/** A statement that is put together: its parameters so far. */
export interface Statement {
  values: unknown[];
  put: Put;
}

export function newStatement(values: unknown[] = []): Statement {
  return {
    values,
    put: (value, type) => `$${values.push(value)}${type === undefined ? '' : `::${type}`}`,
  };
}

/** What a question about a contact is asked with. */
export interface Asking {
  put: Put;
  workspaceId: number;
  now: Date;
  /** IDs of the workspace's event types by key, if they were looked up: plans are better then. */
  typeIds?: ReadonlyMap<string, number> | undefined;
  kept?: KeptTypes | undefined;
}

/** Event types, by their keys, of which the first and last times of each contact are kept. */
export interface KeptTypes {
  /** Those of which all is there. */
  whole: ReadonlySet<string>;
  /** Those that a question asked for, kept or not. */
  asked: Set<string>;
}
