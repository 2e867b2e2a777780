import type { Definition, EventContent, FieldCatalogue, Node } from '@perennial/conditions';
import type { ContactQuestions } from '../../contacts/index.ts';

/** A checked definition that is asked of a whole workspace at once. */
export interface SetQuestion {
  rule: Definition | Node;
  workspaceId: number;
  workspaceZone: string;
  now: Date;
  /** The fields that the definition was checked with. */
  fields: FieldCatalogue;
  /** Where the facts of other rooms lie. */
  questions: ContactQuestions;
  /** The event that `{"$event": path}` leads into. */
  trigger?: EventContent | undefined;
  /** Only these contacts are asked about. */
  among?: readonly number[] | undefined;
}
