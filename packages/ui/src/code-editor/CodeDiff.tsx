import { lazy, Suspense } from 'react';
import { SkeletonLines } from '../states/Skeletons.tsx';
import type { CodeDiffProps } from './code-diff-props.ts';
import classes from './CodeEditor.module.css';

const MergeView = lazy(async () => ({
  default: (await import('./CodeMirrorDiff.tsx')).CodeMirrorDiff,
}));

/** Two states of a code, what differs marked by line and word; equal parts are folded. */
export function CodeDiff(props: CodeDiffProps) {
  return (
    <div className={classes.diff} dir="ltr">
      <Suspense fallback={<SkeletonLines lines={12} />}>
        <MergeView {...props} />
      </Suspense>
    </div>
  );
}
