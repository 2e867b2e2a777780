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

/** An event that is counted as refused under its type. */
export class RefusedEventError extends ItemError {
  readonly event: string;
  /** Empty: its name is reserved. */
  readonly faults: ParamFault[] = [];

  constructor(event: string, { path, message }: { path: string; message: string }) {
    super(path, message);
    this.event = event;
  }
}

/** An event whose parameters are not those that its type expects. */
export class UnfitEventError extends RefusedEventError {
  override readonly faults: ParamFault[];

  constructor(event: string, faults: [ParamFault, ...ParamFault[]]) {
    const { path, message } = problemOf(faults[0]);
    super(event, { path: `properties.${path}`, message: `${message}, as ${event} expects` });
    this.faults = faults;
  }
}
