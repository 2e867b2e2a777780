/** A filter to offer behind a `|`, with what it makes of something. */
export interface LiquidFilter {
  name: string;
  /** What is written when it is chosen; the name if absent. */
  insert?: string;
  /** What it does, in an example. */
  example?: string;
}

/** An element of a markup that is not HTML, to offer where it may stand. */
export interface TemplateElement {
  name: string;
  /** By name: the values it takes, or null where any may stand. */
  attributes: Record<string, readonly string[] | null>;
  /** What may stand in it; null: any element. */
  children: readonly string[] | null;
  /** What stands in it is HTML. */
  holds_html: boolean;
}

/** A block that templates include. */
export interface SharedBlock {
  key: string;
  name: string;
  /** Names that an include may give it. */
  parameters?: readonly string[] | undefined;
}

/** What a template can be written of, to be offered while somebody types. */
export interface TemplateWords {
  /** Inside of `{{ }}` and `{% %}`. */
  variables: readonly string[];
  filters?: readonly LiquidFilter[] | undefined;
  /** At the start of `{% %}`. */
  tags?: readonly string[] | undefined;
  /** Behind `include`. */
  blocks?: readonly SharedBlock[] | undefined;
  /** Of MJML. */
  elements?: readonly TemplateElement[] | undefined;
}
