/** What these forms need of what the form of a block is given. */
export interface OwnFormProps {
  settings: Readonly<Record<string, unknown>>;
  /** The settings as they stand now; a member that is undefined is left out. */
  onChange: (settings: Readonly<Record<string, unknown>>) => void;
  /** What is wrong at a JSON pointer below the block. */
  errorAt: (path: string) => string | undefined;
}
