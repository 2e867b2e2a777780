import type { Vocabulary } from '../../conditions/vocabulary.ts';
import type { Settings } from '../blocks-forms/form-props.ts';

/** What the form of every way to start or to stop is given. */
export interface PartFormProps {
  /** As the definition writes it, finished or not. */
  part: Settings;
  onChange: (part: Settings) => void;
  vocabulary: Vocabulary;
  /** What is wrong at a JSON pointer below the part, or inside of what stands there. */
  errorAt: (path: string) => string | undefined;
}
