import { problemOf, type ParamFault } from '../../events/index.ts';

/** What is wrong with one item, and where in it. */
export class ItemError extends Error {
  readonly path: string;
  constructor(path: string, message: string) {
    super(message);
    this.name = 'ItemError';
    this.path = path;
  }
}

/** An event whose parameters are not those that its type expects. */
export class UnfitEventError extends ItemError {
  readonly event: string;
  readonly faults: ParamFault[];
  constructor(event: string, faults: [ParamFault, ...ParamFault[]]) {
    const { path, message } = problemOf(faults[0]);
    super(`properties.${path}`, `${message}, as ${event} expects`);
    this.event = event;
    this.faults = faults;
  }
}
