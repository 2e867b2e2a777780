import { unifiedMergeView } from '@codemirror/merge';
import { EditorState } from '@codemirror/state';
import { EditorView, lineNumbers } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import type { CodeDiffProps } from './code-diff-props.ts';
import { diffTheme } from './diff-theme.ts';
import { editorTheme } from './editor-theme.ts';
import { languages } from './languages.ts';

/** Lines on each side of a change; what lies between is folded. */
const AROUND = 3;

export function CodeMirrorDiff({ label, language, before, after }: CodeDiffProps) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!place.current) return undefined;
    const view = new EditorView({
      parent: place.current,
      doc: after,
      extensions: [
        ...editorTheme,
        diffTheme,
        ...languages[language](),
        lineNumbers(),
        EditorView.lineWrapping,
        EditorState.readOnly.of(true),
        EditorView.editable.of(false),
        EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
        unifiedMergeView({
          original: before,
          mergeControls: false,
          collapseUnchanged: { margin: AROUND, minSize: 4 },
        }),
      ],
    });
    return () => view.destroy();
  }, [label, language, before, after]);
  return <div ref={place} />;
}
