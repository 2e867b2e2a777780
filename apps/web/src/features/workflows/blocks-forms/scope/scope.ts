import type { Subject } from '../../../conditions/subject.ts';
import type { Vocabulary } from '../../../conditions/vocabulary.ts';

/** A value that a setting can be taken from. */
export interface Variable {
  /** As a reference writes it: a path into the event, a field, `block.path`. */
  readonly path: string;
  /** What tells it from others: an example, the name of a field, the block it is a result of. */
  readonly hint?: string | undefined;
  readonly kind: Subject['kind'];
  /** Values that were seen. */
  readonly seen?: Subject['seen'];
}

/** An earlier block that sends. */
export interface Sender {
  readonly value: string;
  readonly label: string;
}

/** What the settings of one block can name. */
export interface Scope {
  readonly vocabulary: Vocabulary;
  /** Parameters of what starts the run; undefined where runs have none. */
  readonly event: readonly Variable[] | undefined;
  readonly fields: readonly Variable[];
  /** Results of blocks that a run has passed before it comes here. */
  readonly results: readonly Variable[];
  readonly senders: readonly Sender[];
}
