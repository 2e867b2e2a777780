/** What is wrong with one item, and where in it. */
export class ItemError extends Error {
  readonly path: string;
  constructor(path: string, message: string) {
    super(message);
    this.name = 'ItemError';
    this.path = path;
  }
}
