import type { JsonObject } from '@perennial/conditions';
import type { ConditionWords } from './use-condition-words.ts';
import type { Vocabulary } from './vocabulary.ts';

/** What the form of every type of condition is given. */
export interface ConditionFormProps {
  condition: JsonObject;
  /** The condition as it stands now, finished or not. */
  onChange: (condition: JsonObject) => void;
  vocabulary: Vocabulary;
  words: ConditionWords;
  /** Whether values may be taken from the event that starts a workflow. */
  allowsEvent: boolean;
}
