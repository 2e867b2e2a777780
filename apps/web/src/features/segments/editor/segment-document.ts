import { orderedRule } from './ordered-rule.ts';
import { parseJson } from '../../../editor/parse-json.ts';
import { EMPTY_BOARD, type Board } from './board.ts';
import { readBoard } from './read-board.ts';
import { writeBoard } from './write-board.ts';

/** A rule while it is drawn: as cards, or as the text of its JSON. */
export type SegmentDocument =
  | { readonly kind: 'cards'; readonly board: Board }
  | { readonly kind: 'code'; readonly text: string };

export const EMPTY_DOCUMENT: SegmentDocument = { kind: 'cards', board: EMPTY_BOARD };

/** A saved rule as cards where they can show it, else as JSON. */
export function documentOf(definition: unknown): SegmentDocument {
  if (definition === null || definition === undefined) return EMPTY_DOCUMENT;
  const board = readBoard(definition);
  return board ? { kind: 'cards', board } : { kind: 'code', text: codeOf(definition) };
}

/** What a document says, and which of its conditions a JSON pointer means. */
export interface DocumentContent {
  /** Undefined while the text is no JSON. */
  readonly definition: unknown;
  /** Why the text is no JSON, and where. */
  readonly syntax: { readonly message: string; readonly at: number } | undefined;
  readonly itemAt: (pointer: string) => number | undefined;
}

export function contentOf(document: SegmentDocument): DocumentContent {
  if (document.kind === 'cards') {
    const { definition, itemAt } = writeBoard(document.board);
    return { definition, itemAt, syntax: undefined };
  }
  const parsed = parseJson(document.text);
  const itemAt = () => undefined;
  return parsed.ok
    ? { definition: parsed.value, syntax: undefined, itemAt }
    : { definition: undefined, syntax: parsed, itemAt };
}

/** The same rule as JSON. */
export function asCode(document: SegmentDocument): SegmentDocument {
  if (document.kind === 'code') return document;
  return { kind: 'code', text: codeOf(writeBoard(document.board).definition) };
}

/** The same rule as cards; undefined for what they cannot show. */
export function asCards(document: SegmentDocument): SegmentDocument | undefined {
  if (document.kind === 'cards') return document;
  const parsed = parseJson(document.text);
  const board = parsed.ok ? readBoard(parsed.value) : undefined;
  return board && { kind: 'cards', board };
}

function codeOf(definition: unknown): string {
  return JSON.stringify(orderedRule(definition), null, 2);
}
