import type { Workflow } from '@perennial/contracts';
import type { ApiProblem } from '../../api.ts';

export type Definition = Workflow['definition'];

/** What a form of the inspector is given: the draft, and how to change it. It is saved by itself. */
export interface DefinitionEdits {
  /** The draft with what was edited last, saved or not. */
  definition: Definition;
  edit: (change: (definition: Definition) => Definition, options?: { group?: string }) => void;
  /** Why the last save failed. */
  error: ApiProblem | null;
}
