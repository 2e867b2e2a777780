/** A mistake of the caller, or what stands in their way; the text is the body of the answer. */
export class RestError extends Error {
  readonly status: number;
  readonly headers: Record<string, string>;

  constructor(status: number, message: string, headers: Record<string, string> = {}) {
    super(message);
    this.name = 'RestError';
    this.status = status;
    this.headers = headers;
  }
}
