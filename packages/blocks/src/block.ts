import type { z } from 'zod';
import type { Names } from './names.ts';

/** Where the palette shows a block. */
export const BLOCK_GROUPS = ['message', 'time', 'condition', 'contact', 'flow'] as const;
export type BlockGroup = (typeof BLOCK_GROUPS)[number];

/** A text of the catalogue (`blockTexts`) with the values of its placeholders. */
export interface BlockText {
  readonly id: string;
  readonly values: Readonly<Record<string, string | number>>;
}

/** Something outside of the workflow that a block mentions; it must exist on publish. */
export type Reference =
  | {
      readonly kind: 'message';
      readonly id: string;
      /** Undefined: of any. */
      readonly channel?: string;
      readonly path: string;
    }
  | {
      readonly kind: 'field';
      readonly key: string;
      readonly writes: boolean;
      readonly path: string;
    }
  | {
      /** An event type; one that was never seen is only worth knowing. */
      readonly kind: 'event';
      readonly key: string;
      readonly path: string;
    }
  | { readonly kind: 'segment'; readonly id: string; readonly path: string }
  | { readonly kind: 'list'; readonly id: string; readonly path: string }
  | { readonly kind: 'promo_pool'; readonly id: string; readonly path: string }
  | { readonly kind: 'tag'; readonly id: string; readonly path: string }
  | { readonly kind: 'workflow'; readonly id: string; readonly path: string }
  | { readonly kind: 'category'; readonly key: string; readonly path: string }
  | { readonly kind: 'channel'; readonly key: string; readonly path: string }
  /** A secret that was sealed, for this scheme and host. */
  | {
      readonly kind: 'secret';
      readonly id: string;
      readonly origin: string | undefined;
      readonly path: string;
    };

/** A rule that one block's settings break. `path` is a JSON pointer below the block. */
export interface SettingsProblem {
  readonly path: string;
  readonly message: string;
}

/**
 * What a kind of block is, without how it runs: enough for the palette, the form's schema, the
 * canvas and the check on publish.
 */
export interface BlockDefinition<
  Type extends string = string,
  Settings extends z.ZodObject = z.ZodObject,
> {
  readonly type: Type;
  readonly group: BlockGroup;
  /** Name of a Tabler icon. */
  readonly icon: string;
  /** English name, for errors and the API; the interface takes the text `block.TYPE.label`. */
  readonly label: string;
  readonly settings: Settings;
  /** Names of the exits, in the order in which they are drawn. */
  readonly exits: (settings: z.output<Settings>) => readonly string[];
  /** A run may rest here, so a loop through it does not spin. */
  readonly waiting: boolean;
  /** When the step fails and no `failed` exit is drawn: go on by `next`, or end the run. */
  readonly onFailure: 'continue' | 'end';
  /** What the block does with these settings, in one line. */
  readonly sentence: (settings: z.output<Settings>, names: Names) => BlockText;
  /** Settings of a block that was just dropped on the canvas; may still be invalid. */
  readonly defaults: () => Readonly<Record<string, unknown>>;
  /** Texts of this block's catalogue, without the prefix `block.TYPE.` */
  readonly texts: Readonly<Record<string, string>>;
  /** What must exist outside. */
  readonly references?: (settings: z.output<Settings>) => readonly Reference[];
  /** Conditions among the settings: nodes of the segment language, with `event_param` and `now`. */
  readonly nodes?: (settings: z.output<Settings>) => readonly { node: unknown; path: string }[];
  /** Places (JSON pointers) whose texts are taken as they stand; in all others Liquid writes. */
  readonly literal?: readonly string[];
  /** Places that hold addresses: what Liquid writes there is escaped as a part of one. */
  readonly addresses?: readonly string[];
  /** A run that rested here has its settings rendered anew; else they were of use when it came. */
  readonly readsAgain?: true;
  /** Rules beyond the shape, and settings that this release cannot honour yet. */
  readonly problems?: (settings: z.output<Settings>) => readonly SettingsProblem[];
}

/** Keeps the exact types of a definition. */
export function defineBlock<const Type extends string, Settings extends z.ZodObject>(
  definition: BlockDefinition<Type, Settings>,
): BlockDefinition<Type, Settings> {
  return definition;
}

/** The settings of a kind of block, after parsing. */
export type SettingsOf<Definition> =
  Definition extends BlockDefinition<string, infer Settings> ? z.output<Settings> : never;
