import { lintGutter, linter, setDiagnostics } from '@codemirror/lint';
import { openSearchPanel } from '@codemirror/search';
import { Prec } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';
import CodeMirror, { type ReactCodeMirrorRef } from '@uiw/react-codemirror';
import { useEffect, useImperativeHandle, useMemo, useRef } from 'react';
import type { CodeEditorProps, CodeProblem } from './code-editor-props.ts';
import { completeTemplate } from './complete-template.ts';
import { editorTheme } from './editor-theme.ts';
import { formatIn, isMarkup } from './format-in.ts';
import { languages } from './languages.ts';

export function CodeMirrorEditor(props: CodeEditorProps) {
  const { value, problems, reveal, language, words, label, handle, readOnly = false } = props;
  const editor = useRef<ReactCodeMirrorRef>(null);
  const format = useFormat(props);
  const extensions = useMemo(
    () => [
      ...editorTheme,
      ...languages[language](),
      // Finds nothing by itself: it keeps what it was told when the rest is configured anew.
      linter(null),
      lintGutter(),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ 'aria-label': label }),
      ...(words ? [completeTemplate(language, words)] : []),
      Prec.high(keymap.of([{ key: 'Shift-Alt-f', run: format }])),
    ],
    [language, label, words, format],
  );
  useEffect(() => {
    const view = editor.current?.view;
    if (view) showProblems(view, problems ?? []);
  }, [problems, value]);
  useEffect(() => {
    const view = editor.current?.view;
    if (view && reveal) moveTo(view, reveal.at);
  }, [reveal]);
  useImperativeHandle(
    handle,
    () => ({
      format: () => void (editor.current?.view && format(editor.current.view)),
      openSearch: () => void (editor.current?.view && openSearchPanel(editor.current.view)),
    }),
    [format],
  );
  return (
    <CodeMirror
      ref={editor}
      value={value}
      height="100%"
      style={{ blockSize: '100%' }}
      theme="none"
      readOnly={readOnly}
      extensions={extensions}
      basicSetup={{
        autocompletion: !words,
        lintKeymap: true,
        highlightActiveLine: !readOnly,
      }}
      onChange={(next) => props.onChange?.(next)}
      onCreateEditor={(view) => showProblems(view, problems ?? [])}
    />
  );
}

/** The same command as long as the language is; what fails is told to whoever shows the editor now. */
function useFormat({ language, readOnly, onFormatFailed }: CodeEditorProps) {
  const failed = useRef(onFormatFailed);
  useEffect(() => {
    failed.current = onFormatFailed;
  });
  return useMemo(
    () =>
      (view: EditorView): boolean => {
        if (!isMarkup(language) || readOnly) return false;
        void formatIn(view, language).then((reason) => reason && failed.current?.(reason));
        return true;
      },
    [language, readOnly],
  );
}

/** Offsets come from a text that may be a keystroke behind the one shown. */
function showProblems(view: EditorView, problems: readonly CodeProblem[]): void {
  const end = view.state.doc.length;
  const diagnostics = problems.map((problem) => ({
    ...problem,
    from: Math.min(problem.from, end),
    to: Math.min(Math.max(problem.to, problem.from), end),
  }));
  view.dispatch(setDiagnostics(view.state, diagnostics));
}

function moveTo(view: EditorView, at: number): void {
  const anchor = Math.min(at, view.state.doc.length);
  view.dispatch({
    selection: { anchor },
    effects: EditorView.scrollIntoView(anchor, { y: 'center' }),
  });
  view.focus();
}
