import { useEffect, useMemo, useRef, useState } from 'react';
import type { Draft } from '../../editor/edit/draft.ts';
import { ordered } from '../../editor/ordered.ts';
import { parseJson, type ParsedJson } from '../../editor/parse-json.ts';
import type { WorkflowDraft } from './draft/use-draft.ts';

/** The draft as text: what is typed becomes the draft as soon as it is JSON, and what others do is shown. */
export function useDefinitionText({
  definition,
  edit,
}: Pick<WorkflowDraft, 'definition' | 'edit'>) {
  const [text, setText] = useState(() => textOf(definition));
  const parsed = useMemo(() => parseJson(text), [text]);
  const own = useRef(definition);

  useEffect(() => {
    if (own.current === definition) return;
    own.current = definition;
    setText(textOf(definition));
  }, [definition]);

  function type(typed: string): void {
    setText(typed);
    const value = objectOf(parseJson(typed));
    if (!value) return;
    own.current = value;
    edit(() => value, { group: 'code' });
  }

  return { text, parsed, type, isReadable: objectOf(parsed) !== undefined };
}

function textOf(definition: Draft): string {
  return JSON.stringify(ordered(definition), null, 2);
}

function objectOf(parsed: ParsedJson): Draft | undefined {
  const isObject =
    parsed.ok &&
    parsed.value !== null &&
    typeof parsed.value === 'object' &&
    !Array.isArray(parsed.value);
  return isObject ? (parsed.value as Draft) : undefined;
}
