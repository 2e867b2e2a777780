import { parseJson, type ParsedJson } from '../../../../editor/parse-json.ts';

/** Which event a preview is filled in with. */
export interface EventChoice {
  /** Key of its type; null: no event. */
  type: string | null;
  /** The newest of the contact in the preview, the newest of anybody, or as written. */
  source: 'contact' | 'anybody' | 'typed';
  /** JSON. */
  typed: string;
}

export const noEvent: EventChoice = { type: null, source: 'anybody', typed: '{}' };

export type EventParams = Record<string, unknown>;

/** Parameters as somebody writes them: an object of JSON. */
export function readTyped(typed: string): ParsedJson & { params?: EventParams } {
  const parsed = parseJson(typed);
  if (!parsed.ok) return parsed;
  const { value } = parsed;
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    return { ok: false, message: '{ "…": … }', at: 0 };
  }
  return { ...parsed, params: value as EventParams };
}

/** What the browser kept may be of an older release. */
export function readChoice(kept: string | undefined): EventChoice {
  const parsed = parseJson(kept ?? '');
  if (!parsed.ok || parsed.value === null || typeof parsed.value !== 'object') return noEvent;
  const { type, source, typed } = parsed.value as Partial<EventChoice>;
  return {
    type: typeof type === 'string' ? type : null,
    source: source === 'contact' || source === 'typed' ? source : 'anybody',
    typed: typeof typed === 'string' ? typed : '{}',
  };
}
