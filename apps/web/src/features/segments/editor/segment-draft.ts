import { readBoard } from './read-board.ts';
import type { SegmentDocument } from './segment-document.ts';
import { writeBoard } from './write-board.ts';

/** What is being made of a segment, as the browser keeps it until it is saved. */
export interface SegmentDraft {
  readonly document: SegmentDocument;
  readonly name: string;
  readonly purpose: string;
  readonly tags: readonly string[];
}

/** A kept draft: what it was made from tells whether somebody saved another rule since. */
export interface KeptDraft extends SegmentDraft {
  readonly at: string;
  readonly version: number;
}

/** Cards are kept as the rule that they write: numbers of cards mean nothing later. */
export function draftText({ document, ...rest }: KeptDraft): string {
  const kept =
    document.kind === 'cards'
      ? { kind: 'cards', definition: writeBoard(document.board).definition }
      : document;
  return JSON.stringify({ ...rest, document: kept });
}

/** Reads what was kept; undefined for what is no draft of this release. */
export function readDraft(text: string | null): KeptDraft | undefined {
  if (text === null) return undefined;
  try {
    const { document, ...rest } = JSON.parse(text) as Record<string, never>;
    const read = readDocument(document);
    return read && isRest(rest) ? { ...rest, document: read } : undefined;
  } catch {
    return undefined;
  }
}

function readDocument(kept: Record<string, unknown> | undefined): SegmentDocument | undefined {
  if (kept?.['kind'] === 'code' && typeof kept['text'] === 'string') {
    return { kind: 'code', text: kept['text'] };
  }
  const board = kept?.['kind'] === 'cards' ? readBoard(kept['definition']) : undefined;
  return board && { kind: 'cards', board };
}

function isRest(rest: Record<string, unknown>): rest is Omit<KeptDraft, 'document'> & typeof rest {
  return (
    typeof rest['name'] === 'string' &&
    typeof rest['purpose'] === 'string' &&
    typeof rest['at'] === 'string' &&
    typeof rest['version'] === 'number' &&
    Array.isArray(rest['tags']) &&
    rest['tags'].every((tag) => typeof tag === 'string')
  );
}

/** True when both say the same. */
export function isSameDraft(one: SegmentDraft, other: SegmentDraft): boolean {
  const text = ({ document, name, purpose, tags }: SegmentDraft) =>
    draftText({ document, name, purpose, tags, at: '', version: 0 });
  return text(one) === text(other);
}
