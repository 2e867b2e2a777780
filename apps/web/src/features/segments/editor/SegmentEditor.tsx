import { Anchor, Button, Tooltip } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import type { SegmentDetail } from '@perennial/contracts';
import { Page, PageHeader, SplitView } from '@perennial/ui';
import { IconInfoCircle } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { Link } from 'react-router';
import { EditableTitle } from '../../../app/EditableTitle.tsx';
import { problemWords } from '../../../app/problem-words.ts';
import { useRight } from '../../../app/session.ts';
import { useText } from '../../../app/text.tsx';
import { useGo, useTo } from '../../../app/use-to.ts';
import { locate } from '../../../editor/locate.ts';
import { useConditionWords } from '../../conditions/use-condition-words.ts';
import type { Vocabulary } from '../../conditions/vocabulary.ts';
import { cardsOf } from './board.ts';
import { AboutMenu } from './AboutMenu.tsx';
import { BoardView } from './BoardView.tsx';
import { CodeView } from './CodeView.tsx';
import { UndoButtons, ViewSwitch } from './EditorButtons.tsx';
import { Notices } from './Notices.tsx';
import { FormulaLine } from './FormulaLine.tsx';
import { PreviewSide } from './PreviewSide.tsx';
import { problemsOf, serverProblems, type RuleProblem } from './problems.ts';
import { asCards, asCode, contentOf, documentOf } from './segment-document.ts';
import { isSameDraft, type SegmentDraft } from './segment-draft.ts';
import { StatusLine } from './StatusLine.tsx';
import { eventPathsIn } from './trial.ts';
import { useDraft } from './use-draft.ts';
import { usePreview } from './use-preview.ts';
import { useTrial } from './use-trial.ts';
import { useSaveSegment } from './use-save-segment.ts';
import classes from './Editor.module.css';

interface SegmentEditorProps {
  /** Undefined for one that is being made. */
  segment: SegmentDetail | undefined;
  vocabulary: Vocabulary;
  /** What a new one begins with. */
  start?: SegmentDraft | undefined;
}

/** Draws the rule of a segment: cards or JSON, who it is, what is wrong, what saving does. */
export function SegmentEditor({ segment, vocabulary, start }: SegmentEditorProps) {
  const t = useText();
  const go = useGo();
  const mayWrite = useRight('segments.write') && !segment?.archived_at;
  const words = useConditionWords(vocabulary);
  const work = useDraft(segment, start);
  const { draft, changeDocument } = work;
  const { document } = draft;
  const [open, setOpen] = useState<number>();
  const [reveal, setReveal] = useState<{ at: number }>();
  const content = useMemo(() => contentOf(document), [document]);
  const own = useMemo(
    () => problemsOf(content, vocabulary, t),
    // `t` speaks the one language that there is.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [content, vocabulary],
  );
  const ready = content.definition !== undefined && own.length === 0;
  const definition = ready ? content.definition : undefined;
  const trial = useTrial(definition, vocabulary);
  const preview = usePreview(definition, segment?.id, trial);
  const { error: previewError, data: previewData } = preview.read;
  const save = useSaveSegment(segment);
  const problems = useMemo(() => {
    if (!ready) return own;
    const error = save.error ?? (preview.isCurrent ? previewError : null);
    return serverProblems(content, error, previewData?.warnings);
  }, [own, ready, content, save.error, previewError, previewData, preview.isCurrent]);
  const isEmpty = document.kind === 'cards' && cardsOf(document.board).length === 0;
  const hasErrors =
    content.syntax !== undefined || problems.some((each) => each.severity === 'error');
  const named = draft.name.trim() !== '';
  const ruleChanged = useMemo(() => {
    if (!segment) return true;
    const { name, purpose, tags } = draft;
    const as = { name, purpose, tags, document: documentOf(segment.definition) };
    return !isSameDraft(draft, as);
  }, [segment, draft]);
  const maySave = mayWrite && !hasErrors && named && work.changed && !save.isPending;
  const sentence = definition === undefined ? undefined : words.say(definition as never);

  const submit = () => {
    if (!maySave) return;
    save.mutate(
      { draft, definition: content.definition, ruleChanged },
      {
        onSuccess: ({ id }) => {
          work.forget();
          go(`segments/${id}`);
        },
      },
    );
  };
  const show = (problem: RuleProblem) => {
    if (problem.item !== undefined) setOpen(problem.item);
    if (document.kind === 'code') setReveal({ at: locate(document.text, problem.path).from });
  };
  useHotkeys([['mod+S', submit]], []);
  // While a text is being typed, its own undoing is meant.
  useHotkeys([
    ['mod+Z', work.undo],
    ['mod+shift+Z', work.redo],
    ['mod+Y', work.redo],
  ]);

  /** Nothing is wrong with a rule that was not begun. */
  function shownProblems(): readonly RuleProblem[] {
    if (content.syntax) return [syntaxProblem(content.syntax.message)];
    return isEmpty ? [] : problems;
  }

  return (
    <Page
      layout="fill"
      header={
        <PageHeader
          back={<Back segment={segment} />}
          title={
            <EditableTitle
              label={t('segments.new.name')}
              value={draft.name}
              readOnly={!mayWrite}
              placeholder={t('segments.editor.namePlaceholder')}
              onChange={(name) => work.changeAbout({ name })}
            />
          }
          actions={
            <>
              <UndoButtons work={work} />
              <ViewSwitch
                isCode={document.kind === 'code'}
                mayBeCards={asCards(document) !== undefined}
                onCode={() => changeDocument(asCode(document))}
                onCards={() => {
                  const cards = asCards(document);
                  if (cards) changeDocument(cards);
                }}
              />
              <AboutMenu draft={draft} readOnly={!mayWrite} onChange={work.changeAbout} />
              {mayWrite ? (
                <Tooltip
                  label={t(named ? 'segments.editor.save.hint' : 'segments.editor.save.unnamed')}
                >
                  <Button disabled={!maySave} loading={save.isPending} onClick={submit}>
                    {t(segment ? 'app.save' : 'segments.editor.create')}
                  </Button>
                </Tooltip>
              ) : null}
            </>
          }
        />
      }
    >
      <Notices work={work} error={save.error ? problemWords(save.error, t).detail : undefined} />
      <div className={classes.summary}>
        <p className={classes.whole} dir="auto" title={sentence}>
          {sentence ?? t('segments.editor.noSentence')}
        </p>
        {document.kind === 'cards' ? <FormulaLine board={document.board} /> : null}
      </div>
      <SplitView
        name="segment-editor"
        width={320}
        tabs={{ main: t('segments.editor.rule'), side: t('segments.editor.preview') }}
        side={
          <PreviewSide
            definition={definition}
            preview={preview}
            trial={trial}
            vocabulary={vocabulary}
            segment={segment?.id}
            say={words.say}
          />
        }
      >
        {document.kind === 'cards' ? (
          <BoardView
            board={document.board}
            onChange={(board, about) => changeDocument({ kind: 'cards', board }, about)}
            open={open}
            onOpen={setOpen}
            problems={problems}
            vocabulary={vocabulary}
            words={words}
            readOnly={!mayWrite}
            segment={segment?.id}
            allowsEvent={mayTakeEvent(segment)}
          />
        ) : (
          <>
            {content.definition !== undefined && asCards(document) === undefined ? (
              <p className={classes.onlyCode}>
                <IconInfoCircle size={16} />
                {t('segments.editor.onlyCode')}
              </p>
            ) : null}
            <CodeView
              text={document.text}
              content={content}
              problems={problems}
              readOnly={!mayWrite}
              reveal={reveal}
              onChange={(text) => changeDocument({ kind: 'code', text }, 'code')}
            />
          </>
        )}
      </SplitView>
      <StatusLine
        problems={shownProblems()}
        onProblem={show}
        preview={preview}
        trial={trial}
        ready={ready}
        ruleChanged={ruleChanged}
        changed={work.changed}
        segment={segment}
      />
    </Page>
  );
}

/**
 * What is asked where there is no event, by other segments say, would lose its members by a rule that
 * takes values from one: the server refuses it.
 */
function mayTakeEvent(segment: SegmentDetail | undefined): boolean {
  if (!segment || segment.used_by.length === 0) return true;
  return eventPathsIn(segment.definition).length > 0;
}

function syntaxProblem(message: string): RuleProblem {
  return { path: '', message, severity: 'error', item: undefined };
}

function Back({ segment }: { segment: SegmentDetail | undefined }) {
  const t = useText();
  const to = useTo();
  return (
    <Anchor
      component={Link}
      to={to(segment ? `segments/${segment.id}` : 'segments')}
      size="sm"
      c="dimmed"
      dir="auto"
    >
      {segment?.name ?? t('app.contacts.segments')}
    </Anchor>
  );
}
