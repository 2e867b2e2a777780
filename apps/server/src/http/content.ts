import type { Readable } from 'node:stream';
import { z } from 'zod';

/** An answer that is not JSON: a file to download, a page to look at. */
export class Content {
  readonly type: string;
  readonly body: string | Buffer | Readable;
  readonly headers: Record<string, string>;

  constructor(
    type: string,
    body: string | Buffer | Readable,
    headers: Record<string, string> = {},
  ) {
    this.type = type;
    this.body = body;
    this.headers = headers;
  }
}

/** `response: contentSchema` for a route that answers with `Content`. */
export const contentSchema = z.instanceof(Content);

/** `response: nothing` for a route that answers 204. */
export const nothing = z.undefined();
