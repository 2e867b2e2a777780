/**
 * The instant and the zones of one evaluation. `now` is whole epoch milliseconds; zones are IANA
 * names. A contact without a zone, or with one this program does not know, uses the workspace's.
 */
export interface Clock {
  readonly now: number;
  readonly workspaceZone: string;
  readonly contactZone?: string | null | undefined;
}
