/**
 * Wrong and hostile input, as tables that can be read: what is sent, what is answered, and what is
 * there after everything was applied. `hostile.test.ts` plays each row in a workspace of its own.
 */
export interface Row {
  /** What is wrong or odd about it. */
  name: string;
  calls: Call[];
  /**
   * All that the workspace holds afterwards, a line a thing (see `stored.ts`); none: nothing. A
   * pattern stands for a line that is long.
   */
  stored?: (string | RegExp)[];
  given?: 'verified app' | 'strict values' | 'no new fields';
}

export interface Call {
  /** Method and path. `{other}` stands for the ID of a contact of another workspace. */
  send: string;
  /** A text or bytes go out as they are, anything else as its JSON. */
  body?: unknown;
  headers?: Record<string, string>;
  /** Whose call it is; default: the key that the path takes. */
  as?: 'nobody' | 'other workspace' | 'wrong kind of key';
  status: number;
  /** Of texts the whole or a pattern, of JSON what it holds at least. */
  answer?: unknown;
  /** Everything is applied before the next call. */
  applied?: true;
}

/** A row of one call. */
export function row(
  name: string,
  send: string,
  body: unknown,
  status: number,
  answer?: unknown,
  more: Omit<Row, 'name' | 'calls'> & Pick<Call, 'headers' | 'as'> = {},
): Row {
  const { headers, as, ...rest } = more;
  const call: Call = {
    send,
    body,
    status,
    answer,
    ...(headers && { headers }),
    ...(as && { as }),
  };
  return { name, calls: [call], ...rest };
}
