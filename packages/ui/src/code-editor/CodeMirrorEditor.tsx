import { autocompletion } from '@codemirror/autocomplete';
import { lintGutter, setDiagnostics } from '@codemirror/lint';
import { EditorView } from '@codemirror/view';
import CodeMirror, { type ReactCodeMirrorRef } from '@uiw/react-codemirror';
import { useEffect, useMemo, useRef } from 'react';
import { completeLiquid } from './complete-liquid.ts';
import type { CodeEditorProps, CodeProblem } from './code-editor-props.ts';
import { editorTheme } from './editor-theme.ts';
import { languages } from './languages.ts';

export function CodeMirrorEditor(props: CodeEditorProps) {
  const { value, problems, reveal, language, variables, filters, label } = props;
  const editor = useRef<ReactCodeMirrorRef>(null);
  const extensions = useMemo(
    () => [
      ...editorTheme,
      ...languages[language](),
      lintGutter(),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ 'aria-label': label }),
      ...(variables
        ? [autocompletion({ override: [completeLiquid({ variables, filters })] })]
        : []),
    ],
    [language, label, variables, filters],
  );
  useEffect(() => {
    const view = editor.current?.view;
    if (view) showProblems(view, problems ?? []);
  }, [problems, value]);
  useEffect(() => {
    const view = editor.current?.view;
    if (view && reveal) moveTo(view, reveal.at);
  }, [reveal]);
  return (
    <CodeMirror
      ref={editor}
      value={value}
      height="100%"
      style={{ blockSize: '100%' }}
      theme="none"
      readOnly={props.readOnly ?? false}
      extensions={extensions}
      basicSetup={{
        autocompletion: !variables,
        lintKeymap: true,
        highlightActiveLine: !props.readOnly,
      }}
      onChange={(next) => props.onChange?.(next)}
      onCreateEditor={(view) => showProblems(view, problems ?? [])}
    />
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
