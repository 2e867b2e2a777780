import { Anchor } from '@mantine/core';
import type { Workflow, WorkflowVerdict } from '@perennial/contracts';
import type { ReactNode } from 'react';
import { problemWords } from '../../app/problem-words.ts';
import { useText } from '../../app/text.tsx';
import { useRight } from '../../app/session.ts';
import type { WorkflowDraft } from './draft/use-draft.ts';
import type { Problems } from './problems-by-block.ts';
import { PublishButton } from './PublishButton.tsx';
import classes from './Workflows.module.css';

interface DraftStatusProps {
  workflow: Workflow;
  draft: WorkflowDraft;
  problems: Problems;
  /** Of the draft as it is; undefined while that is being found out. */
  verdict: WorkflowVerdict | undefined;
  /** Why the text is no definition at all; nothing is saved then. */
  unreadable?: string | null;
  onProblems?: () => void;
  /** More to do, before the button. */
  children?: ReactNode;
}

/** What is saved, what is wrong, and what publishing would do. */
export function DraftStatus(props: DraftStatusProps) {
  const { workflow, draft, problems, verdict, unreadable = null, onProblems, children } = props;
  const t = useText();
  const mayWrite = useRight('workflows.write');
  const words = [
    t('workflows.code.errors', { count: problems.errors.length }),
    ...(problems.warnings.length > 0
      ? [t('workflows.code.warnings', { count: problems.warnings.length })]
      : []),
  ].join(', ');
  return (
    <div className={classes.statusLine} data-tone={isBad() ? 'danger' : undefined}>
      <span role="status">{savingWords()}</span>
      {draft.saving === 'conflict' ? <ConflictChoice draft={draft} /> : null}
      {draft.saving === 'failed' ? (
        <Anchor component="button" type="button" size="xs" onClick={draft.saveNow}>
          {t('workflows.draft.again')}
        </Anchor>
      ) : null}
      {unreadable ? null : onProblems ? (
        <Anchor
          component="button"
          type="button"
          size="xs"
          c={problems.errors.length > 0 ? 'var(--p-danger)' : 'dimmed'}
          onClick={onProblems}
        >
          {words}
        </Anchor>
      ) : (
        <span>{words}</span>
      )}
      <span className={classes.wouldDo}>{mayWrite ? wouldDo() : null}</span>
      <span className={classes.statusEnd}>
        {children}
        <PublishButton
          workflow={workflow}
          verdict={verdict}
          ready={draft.saving === 'saved' && !unreadable}
        />
      </span>
    </div>
  );

  function isBad(): boolean {
    return Boolean(unreadable) || draft.saving === 'failed' || draft.saving === 'conflict';
  }

  function savingWords(): string {
    if (!mayWrite) return t('workflows.code.readOnly');
    if (unreadable) return unreadable;
    switch (draft.saving) {
      case 'saving':
        return t('workflows.code.saving');
      case 'unsaved':
        return t('workflows.code.unsaved');
      case 'failed':
        return t('workflows.code.failed', {
          reason: draft.error ? problemWords(draft.error, t).detail : '',
        });
      case 'conflict':
        return t('workflows.draft.conflict', { name: draft.conflict?.edited_by ?? '' });
      case 'saved':
        return t('workflows.code.saved');
    }
  }

  /** Whom the next version concerns. */
  function wouldDo(): string | null {
    if (workflow.published && !workflow.changed && draft.saving === 'saved') {
      return t('workflows.draft.isPublished', { version: workflow.published.version });
    }
    if (problems.errors.length > 0) return t('workflows.draft.notYet');
    const version = (workflow.published_version ?? 0) + 1;
    return workflow.state === 'active'
      ? t('workflows.draft.wouldStart', { version, count: workflow.running })
      : t('workflows.draft.wouldWait', { version });
  }
}

/** Of two drafts one is kept; the other is an undo away. */
function ConflictChoice({ draft }: { draft: WorkflowDraft }) {
  const t = useText();
  return (
    <>
      <Anchor component="button" type="button" size="xs" onClick={draft.takeTheirs}>
        {t('workflows.draft.takeTheirs')}
      </Anchor>
      <Anchor component="button" type="button" size="xs" onClick={draft.keepMine}>
        {t('workflows.draft.keepMine')}
      </Anchor>
    </>
  );
}
