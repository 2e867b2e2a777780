import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';

/** What went and what came, in the colours of status. */
export const diffTheme: Extension = EditorView.theme({
  '&.cm-merge-b .cm-changedLine, .cm-insertedLine': { backgroundColor: 'var(--p-success-soft)' },
  '.cm-deletedChunk': { backgroundColor: 'var(--p-danger-soft)' },
  '.cm-deletedChunk .cm-deletedLine, .cm-deletedChunk del': { textDecoration: 'none' },
  '&.cm-merge-b .cm-changedText': {
    background: 'color-mix(in srgb, var(--p-success) 26%, transparent)',
    borderRadius: '2px',
  },
  '.cm-deletedChunk .cm-deletedText': {
    background: 'color-mix(in srgb, var(--p-danger) 26%, transparent)',
    borderRadius: '2px',
  },
  '.cm-changeGutter': { inlineSize: '3px', paddingInlineStart: '1px' },
  '&.cm-merge-b .cm-changedLineGutter': { background: 'var(--p-success)' },
  '.cm-deletedLineGutter': { background: 'var(--p-danger)' },
  '.cm-collapsedLines:before, .cm-collapsedLines:after': { content: '"⋯"' },
  '.cm-collapsedLines': {
    padding: '4px 12px',
    color: 'var(--p-text-muted)',
    background: 'var(--p-sunken)',
    fontFamily: 'var(--mantine-font-family)',
    fontSize: '12px',
  },
});
