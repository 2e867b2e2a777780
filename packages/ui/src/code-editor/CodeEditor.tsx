import { lazy, Suspense } from 'react';
import { SkeletonLines } from '../states/Skeletons.tsx';
import type { CodeEditorProps } from './code-editor-props.ts';
import classes from './CodeEditor.module.css';

const CodeMirrorEditor = lazy(async () => ({
  default: (await import('./CodeMirrorEditor.tsx')).CodeMirrorEditor,
}));

/** A code editor; CodeMirror is loaded when the first one is shown. */
export function CodeEditor(props: CodeEditorProps) {
  return (
    <div className={classes.root} dir="ltr">
      <Suspense fallback={<SkeletonLines lines={12} />}>
        <CodeMirrorEditor {...props} />
      </Suspense>
    </div>
  );
}
