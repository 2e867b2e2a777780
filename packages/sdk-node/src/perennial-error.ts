/** What went wrong with calls. */
export type PerennialErrorCode =
  /** The call could not be made into JSON, or lacks what it needs. */
  | 'invalid_call'
  /** An item may take 32 KB. */
  | 'too_large'
  /** Too many calls wait for a server that does not take them. */
  | 'queue_full'
  /** The client was closed before. */
  | 'closed'
  /** The server does not know the write key. */
  | 'unauthorized'
  /** The server says what is wrong with the call; sending it again would not help. */
  | 'rejected'
  /** The server could not be reached, or not take it, for as long as was tried. */
  | 'not_delivered';

/** Told to `onError`. Nothing is thrown at the app. */
export class PerennialError extends Error {
  readonly code: PerennialErrorCode;
  /** The calls that were not taken, as they would have been sent. */
  readonly items: readonly object[];

  constructor(
    code: PerennialErrorCode,
    message: string,
    { items = [], cause }: { items?: readonly object[]; cause?: unknown } = {},
  ) {
    super(message, { cause });
    this.name = 'PerennialError';
    this.code = code;
    this.items = items;
  }
}
