import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

const look = EditorView.theme({
  '&': { color: 'var(--p-text)', backgroundColor: 'transparent', fontSize: '13px' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': {
    fontFamily: 'var(--mantine-font-family-monospace)',
    lineHeight: '20px',
    fontVariantLigatures: 'none',
  },
  '.cm-content': { caretColor: 'var(--p-accent)', paddingBlock: '12px' },
  '.cm-cursor': { borderLeftColor: 'var(--p-accent)' },
  '.cm-gutters': {
    backgroundColor: 'transparent',
    color: 'var(--p-text-faint)',
    border: 'none',
  },
  '.cm-activeLine': { backgroundColor: 'color-mix(in srgb, var(--p-accent) 5%, transparent)' },
  '.cm-activeLineGutter': { backgroundColor: 'transparent', color: 'var(--p-text)' },
  '&.cm-focused .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'color-mix(in srgb, var(--p-accent) 22%, transparent) !important',
  },
  '.cm-tooltip': {
    backgroundColor: 'var(--p-floating)',
    border: '1px solid var(--p-line)',
    borderRadius: '8px',
    boxShadow: 'var(--p-shadow)',
    overflow: 'hidden',
  },
  '.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    backgroundColor: 'var(--p-selected)',
    color: 'var(--p-text)',
  },
  '.cm-diagnostic': { fontFamily: 'var(--mantine-font-family)', padding: '6px 10px' },
  '.cm-panels': {
    backgroundColor: 'var(--p-floating)',
    color: 'var(--p-text)',
    borderColor: 'var(--p-line)',
  },
  '.cm-matchingBracket': { backgroundColor: 'var(--p-accent-soft) !important' },
  '.cm-foldPlaceholder': {
    backgroundColor: 'var(--p-neutral-soft)',
    border: 'none',
    color: 'var(--p-text-muted)',
    paddingInline: '6px',
  },
});

const syntax = HighlightStyle.define([
  { tag: [tags.propertyName, tags.attributeName], color: 'var(--p-text)' },
  { tag: [tags.string, tags.attributeValue], color: 'var(--p-accent-text)' },
  { tag: [tags.number, tags.tagName, tags.angleBracket], color: 'var(--p-info)' },
  { tag: [tags.brace, tags.variableName], color: 'var(--p-accent-text)' },
  { tag: tags.function(tags.variableName), color: 'var(--p-info)' },
  { tag: [tags.bool, tags.keyword], color: 'var(--p-warning)' },
  { tag: [tags.null, tags.comment, tags.documentMeta], color: 'var(--p-text-faint)' },
  { tag: tags.invalid, color: 'var(--p-danger)' },
]);

/** CodeMirror in the colours of the page, for both themes at once by CSS variables. */
export const editorTheme: Extension[] = [look, syntaxHighlighting(syntax)];
