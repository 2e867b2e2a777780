import type { FieldCatalogue } from '../fields.ts';
import { DEFAULT_LIMITS, type Limits } from './limits.ts';
import { type Issue, type Report, createReport } from './report.ts';

/** Whether a workspace has a segment of this ID. */
export type SegmentCatalogue = (id: string) => boolean;

/** Whether a workspace has a category, or the program a channel, of this key. */
export type KeyCatalogue = (key: string) => boolean;

/** What may be named; whatever is not given is not asked, and every name passes. */
export interface Catalogues {
  readonly segments?: SegmentCatalogue | undefined;
  readonly categories?: KeyCatalogue | undefined;
  readonly channels?: KeyCatalogue | undefined;
  /** By ID. */
  readonly workflows?: KeyCatalogue | undefined;
}

/** What the check of one place of a definition knows and reports to. */
export interface CheckContext extends Catalogues {
  readonly report: Report;
  readonly fields: FieldCatalogue;
  readonly limits: Limits;
  /** How deep the place lies; the root is 1. */
  readonly depth: number;
  /** Shared by all places: the conditions seen so far. */
  readonly seen: { conditions: number };
}

/** The context of a root, whose mistakes go to `issues`. */
export function createContext(
  issues: Issue[],
  fields: FieldCatalogue,
  limits: Limits = DEFAULT_LIMITS,
  catalogues: Catalogues = {},
): CheckContext {
  return {
    report: createReport(issues),
    fields,
    limits,
    ...catalogues,
    depth: 1,
    seen: { conditions: 0 },
  };
}

/** The context of a place further inside the same node. */
export function inside(context: CheckContext, ...keys: readonly PropertyKey[]): CheckContext {
  return { ...context, report: context.report.at(...keys) };
}

/** The context of a node inside a node. */
export function deeper(context: CheckContext, ...keys: readonly PropertyKey[]): CheckContext {
  return { ...inside(context, ...keys), depth: context.depth + 1 };
}
