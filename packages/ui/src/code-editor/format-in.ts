import type { EditorView } from '@codemirror/view';
import type { CodeLanguage } from './languages.ts';
import type { Markup } from './format-markup.ts';

export function isMarkup(language: CodeLanguage): language is Markup {
  return language === 'html' || language === 'mjml';
}

/** Formats what an editor holds, as one change that can be undone; answers why it could not. */
export async function formatIn(view: EditorView, markup: Markup): Promise<string | null> {
  const { state } = view;
  const before = state.doc.toString();
  // The formatter is large and asked for rarely.
  const { formatMarkup } = await import('./format-markup.ts');
  try {
    const cursor = state.selection.main.head;
    const formatted = await formatMarkup(before, { markup, cursor });
    // What was typed meanwhile counts more.
    if (!view.state.doc.eq(state.doc) || formatted.code === before) return null;
    view.dispatch({
      changes: { from: 0, to: before.length, insert: formatted.code },
      selection: { anchor: formatted.cursor },
      scrollIntoView: true,
      userEvent: 'input.format',
    });
    return null;
  } catch (error) {
    return firstLine((error as Error).message);
  }
}

/** The formatter shows the code below its first line. */
function firstLine(message: string): string {
  return message.split('\n')[0] ?? message;
}
