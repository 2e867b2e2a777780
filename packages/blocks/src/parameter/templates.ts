import { isLiquid } from './parameter.ts';

/** Text with Liquid among the settings of a block. */
export interface Template {
  /** JSON pointer below the block: `/headers/authorization`. */
  readonly path: string;
  readonly text: string;
}

/**
 * Every text with Liquid among the settings, less what is below a place that is taken as it stands:
 * conditions, which have their own ways to read values, and what the block says is literal.
 */
export function templatesIn(settings: object, literal: readonly string[]): Template[] {
  return [...textsIn(settings, '')].filter(
    ({ path, text }) =>
      isLiquid(text) && !literal.some((place) => path === place || path.startsWith(`${place}/`)),
  );
}

function* textsIn(value: unknown, path: string): Generator<Template> {
  if (typeof value === 'string') yield { path, text: value };
  if (typeof value !== 'object' || value === null) return;
  for (const [name, member] of Object.entries(value)) {
    yield* textsIn(member, `${path}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`);
  }
}

/** The settings with other texts at these places; what has none of them below it stays the same object. */
export function fillIn<Settings>(settings: Settings, texts: ReadonlyMap<string, string>): Settings {
  return fill(settings, '', texts) as Settings;
}

function fill(value: unknown, path: string, texts: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') return texts.get(path) ?? value;
  if (typeof value !== 'object' || value === null) return value;
  if (![...texts.keys()].some((place) => place.startsWith(`${path}/`))) return value;
  const filled = Object.entries(value).map(([name, member]) => {
    const below = `${path}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    return [name, fill(member, below, texts)] as const;
  });
  return Array.isArray(value) ? filled.map(([, member]) => member) : Object.fromEntries(filled);
}
