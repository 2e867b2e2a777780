import type { FieldCatalogue } from '../fields.ts';
import { DEFAULT_LIMITS, type Limits } from './limits.ts';
import { type Issue, type Report, createReport } from './report.ts';

/** What the check of a definition needs to know of another segment. */
export interface SegmentDescription {
  readonly name?: string | undefined;
  /** IDs of the segments that its definition names; none for a list. */
  readonly segments?: readonly string[] | undefined;
  /** Its definition takes values from the event being handled, so that it has no members. */
  readonly usesEvent?: boolean | undefined;
}

/** The segment of this ID in a workspace: what is known of it, or whether there is one at all. */
export type SegmentCatalogue = (id: string) => SegmentDescription | boolean | undefined;

/** Whether a workspace has a category, or the program a channel, of this key. */
export type KeyCatalogue = (key: string) => boolean;

/** What may be named; whatever is not given is not asked, and every name passes. */
export interface Catalogues {
  readonly segments?: SegmentCatalogue | undefined;
  /** The ID of the segment that is being defined; one that leads back to it is refused. */
  readonly self?: string | undefined;
  /** Event types that were seen, by key; any other is a warning. */
  readonly events?: KeyCatalogue | undefined;
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

/** The context of a root, whose mistakes go to `found`. */
export function createContext(
  found: { issues: Issue[]; warnings?: Issue[] },
  fields: FieldCatalogue,
  limits: Limits = DEFAULT_LIMITS,
  catalogues: Catalogues = {},
): CheckContext {
  return {
    report: createReport(found.issues, found.warnings),
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
