import type { MessageDraft } from '../message-draft.ts';

/** Changes that were not saved, as the browser keeps them. */
export interface KeptDraft {
  /** Milliseconds since 1970. */
  keptAt: number;
  /** The version that was changed. */
  baseVersion: number;
  draft: MessageDraft;
}

/** Whose changes they are, and of what. */
interface DraftPlace {
  workspace: string;
  user: string;
  message: string;
}

function keyOf({ workspace, user, message }: DraftPlace): string {
  return `perennial.draft.${workspace}.${user}.${message}`;
}

/** False where the browser has no room, or keeps nothing. */
export function keepDraft(storage: Storage, place: DraftPlace, kept: KeptDraft): boolean {
  try {
    storage.setItem(keyOf(place), JSON.stringify(kept));
    return true;
  } catch {
    return false;
  }
}

export function readKept(storage: Storage, place: DraftPlace): KeptDraft | null {
  try {
    const kept: unknown = JSON.parse(storage.getItem(keyOf(place)) ?? 'null');
    return isKept(kept) ? kept : null;
  } catch {
    return null;
  }
}

export function forgetKept(storage: Storage, place: DraftPlace): void {
  storage.removeItem(keyOf(place));
}

/** What an older release kept may have another shape. */
function isKept(value: unknown): value is KeptDraft {
  if (value === null || typeof value !== 'object') return false;
  const { keptAt, baseVersion, draft } = value as Partial<KeptDraft>;
  const hasContent = typeof draft?.content === 'object' && draft.content !== null;
  return typeof keptAt === 'number' && typeof baseVersion === 'number' && hasContent;
}
