import type { MarkupElement, TemplateWords } from '@perennial/contracts';
import type { LiquidEngine } from './liquid.ts';

/** What templates may be written of: MJML as its packages declare it, Liquid as the engine has it. */
export async function templateWords(engine: LiquidEngine): Promise<TemplateWords> {
  const { filters, tags } = engine.names();
  return {
    elements: await readElements(),
    filters: filters.sort(),
    tags: [...tags.filter((tag) => /^\w+$/.test(tag)), ...companionsOf(tags), 'include'].sort(),
  };
}

async function readElements(): Promise<MarkupElement[]> {
  const { default: preset } = await import('mjml-preset-core');
  const declared = new Map(
    preset.components.map((each) => [each.componentName ?? each.name, each]),
  );
  const names = new Set([
    ...Object.keys(preset.dependencies),
    ...declared.keys(),
    ...ONLY_DEFAULTS,
  ]);
  return [...names].sort().map((name) => ({
    name,
    attributes: attributesOf(declared.get(name)),
    children: childrenOf(preset.dependencies[name]),
    holds_html: declared.get(name)?.endingTag ?? false,
  }));
}

/** Read by `mj-attributes` alone, which declares no children. */
const ONLY_DEFAULTS = ['mj-all', 'mj-class'];

/** Taken by every element. */
const EVERYWHERE = { 'css-class': null, 'mj-class': null };

function attributesOf({
  allowedAttributes = {},
}: { allowedAttributes?: Record<string, string> } = {}) {
  const own = Object.entries(allowedAttributes).map(([name, type]) => [name, valuesOf(type)]);
  return { ...Object.fromEntries(own), ...EVERYWHERE } as MarkupElement['attributes'];
}

/** Of `enum(left,right)` the values; sizes, colours and texts have none to choose from. */
function valuesOf(type: string): string[] | null {
  if (type === 'boolean') return ['true', 'false'];
  const values = /^enum\((.*)\)$/.exec(type)?.[1];
  return values === undefined ? null : values.split(',').filter(Boolean);
}

/** A pattern among them stands for any. */
function childrenOf(children: readonly (string | RegExp)[] | undefined): string[] | null {
  const names = children?.filter((child) => typeof child === 'string');
  return names?.length === children?.length ? (names ?? null) : null;
}

/** What stands between a tag and its end, which belongs to the tag and has no entry of its own. */
const COMPANIONS: Record<string, string[]> = {
  if: ['elsif', 'else', 'endif'],
  unless: ['endunless'],
  case: ['when', 'endcase'],
  for: ['endfor'],
  tablerow: ['endtablerow'],
  capture: ['endcapture'],
  comment: ['endcomment'],
  raw: ['endraw'],
};

function companionsOf(tags: readonly string[]): string[] {
  return tags.flatMap((tag) => COMPANIONS[tag] ?? []);
}
