/** One request to a provider's API. */
export interface HttpCall {
  method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  url: string;
  headers: Record<string, string>;
  body?: Uint8Array | string;
  /** Whole, as bytes, and at most so many of them; default: as text, as much as the port reads. */
  mostBytes?: number;
  /** For everything, from the look-up of the name to the last byte of the answer. */
  timeoutMs: number;
}

/**
 * What became of it. `lost`: the request went out, or part of it, and no whole answer came back, so
 * that the other side may have acted. With the other two it cannot have.
 */
export type HttpOutcome =
  | { kind: 'answered'; answer: HttpAnswer }
  | { kind: 'lost'; problem: string }
  | { kind: 'unreached'; problem: string }
  /** The installation does not let it out. */
  | { kind: 'forbidden'; problem: string };

export interface HttpAnswer {
  status: number;
  /** Names in lower case. */
  headers: Record<string, string>;
  /** At most so much as the port reads. */
  body: string;
  /** Of a call with `mostBytes`, instead of `body`. */
  bytes?: Uint8Array;
  /** There was more than it reads. */
  cut: boolean;
}

/** The way out: whoever opens a provider decides where its requests may go. */
export interface HttpPort {
  send(call: HttpCall): Promise<HttpOutcome>;
}
