import { findBlock, templatesIn, type Template } from '@perennial/blocks';
import type { JsonObject } from '../inbox/index.ts';
import type { TemplateProblem } from '../messages/index.ts';

const known = new WeakMap<object, readonly Template[]>();

/** Texts with Liquid among a block's settings; looked for once in each version's block. */
export function templatesOf(type: string, settings: object): readonly Template[] {
  const found = known.get(settings);
  if (found) return found;
  const { literal = [], nodes } = findBlock(type)!;
  const conditions = nodes?.(settings as Record<string, unknown>).map(({ path }) => path) ?? [];
  const templates = templatesIn(settings, [...literal, ...conditions]);
  known.set(settings, templates);
  return templates;
}

/** Templates by their places; addresses apart, since values are written into them otherwise. */
export function settingsContent(type: string, settings: object): JsonObject {
  const { addresses = [] } = findBlock(type)!;
  const of = (isAddress: boolean): JsonObject =>
    Object.fromEntries(
      templatesOf(type, settings)
        .filter(({ path }) => addresses.includes(path) === isAddress)
        .map(({ path, text }) => [path, text]),
    );
  return { text: of(false), url: of(true) };
}

/** Where a problem stands among the settings: a JSON pointer below the block. */
export function settingsPath(path: string): string {
  return path
    .replace(/^\/(text|url)\//, '')
    .replaceAll('~1', '/')
    .replaceAll('~0', '~');
}

/** What is wrong with a template, with the place among the settings and the line. */
export function settingsProblem({ path, message, line }: TemplateProblem): string {
  const place = settingsPath(path);
  const at = line !== undefined && line > 1 ? ` (line ${line})` : '';
  return place === '' ? message : `${place}${at}: ${message}`;
}
