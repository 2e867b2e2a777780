/** What a form of a block's settings needs: they may be wrong while they are being written. */
export interface SettingsFormProps {
  settings: Readonly<Record<string, unknown>>;
  /** The settings as they stand now, finished or not. */
  onChange: (settings: Readonly<Record<string, unknown>>) => void;
  /** What is wrong at a JSON pointer below the block, or inside of what stands there. */
  errorAt: (path: string) => string | undefined;
}
