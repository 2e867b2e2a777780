import type { BlockContent, ContentBlock } from '@perennial/contracts';
import { sameJson } from '../../app/same-json.ts';

export type Part = 'mjml' | 'html' | 'text';

export const parts: readonly Part[] = ['mjml', 'html', 'text'];

/** What the editor changes. */
export type BlockDraft = Pick<ContentBlock, 'name' | 'default_language' | 'content'>;

export function draftOf({ name, default_language, content }: ContentBlock): BlockDraft {
  return { name, default_language, content };
}

export function withPart(
  draft: BlockDraft,
  { language, part, text }: { language: string; part: Part; text: string | undefined },
): BlockDraft {
  const { [part]: _gone, ...others } = draft.content[language] ?? {};
  const content: BlockContent = text === undefined ? others : { ...others, [part]: text };
  return { ...draft, content: { ...draft.content, [language]: content } };
}

/** Only what differs; nothing when nothing does. */
export function changeBetween(saved: BlockDraft, draft: BlockDraft): Partial<BlockDraft> | null {
  const names = ['name', 'default_language', 'content'] as const;
  const changed = names.filter((name) => !sameJson(saved[name], draft[name]));
  if (changed.length === 0) return null;
  return Object.fromEntries(changed.map((name) => [name, draft[name]]));
}

/** A key from a name, as the server would take it. */
export function keyFrom(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 63);
}

/** How messages name it. */
export function includeOf({ key, parameters }: Pick<ContentBlock, 'key' | 'parameters'>): string {
  const given = parameters.map((name) => `, ${name}: ''`).join('');
  return `{% include '${key}'${given} %}`;
}
