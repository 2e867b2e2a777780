import type { Definition, EventContent, FieldCatalogue, Node } from '@perennial/conditions';
import type { ContactQuestions, KeptTypes } from '../../contacts/index.ts';

/** A checked definition that is asked of a whole workspace at once. */
export interface SetQuestion {
  rule: Definition | Node;
  workspaceId: number;
  workspaceZone: string;
  workspaceCurrency: string;
  now: Date;
  /** The fields that the definition was checked with. */
  fields: FieldCatalogue;
  /** Where the facts of other rooms lie. */
  questions: ContactQuestions;
  /** Zones that contacts have; all that there are unless given. */
  zones?: readonly string[] | undefined;
  /** IDs of the workspace's event types by key, if they were looked up. */
  typeIds?: ReadonlyMap<string, number> | undefined;
  /** Types whose first and last times are kept; none unless they were looked up. */
  kept?: KeptTypes | undefined;
  /** The event that `{"$event": path}` leads into. */
  trigger?: EventContent | undefined;
  /** Only these contacts are asked about. */
  among?: readonly number[] | undefined;
}
