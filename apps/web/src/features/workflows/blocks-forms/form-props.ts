import type { ExitNames } from '../../../editor/edit/change-block.ts';
import type { Scope } from './scope/scope.ts';

/** A block's members that are its kind's own; they may be wrong while they are being written. */
export type Settings = Readonly<Record<string, unknown>>;

/** What the form of every kind of block is given. */
export interface BlockFormProps {
  type: string;
  settings: Settings;
  /** The settings as they stand now, finished or not. A member that is undefined is left out. */
  onChange: (settings: Settings, exits?: ExitNames) => void;
  /** What can be named here: values, and things of the workspace. */
  scope: Scope;
  /** What is wrong at a JSON pointer below the block, or inside of what stands there. */
  errorAt: (path: string) => string | undefined;
}
