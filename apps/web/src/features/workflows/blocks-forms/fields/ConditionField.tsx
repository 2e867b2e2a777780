import type { JsonObject } from '@perennial/conditions';
import { hashKey } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useText } from '../../../../app/text.tsx';
import { useConditionWords } from '../../../conditions/use-condition-words.ts';
import { cardsOf, type Board } from '../../../segments/editor/board.ts';
import { BoardView } from '../../../segments/editor/BoardView.tsx';
import { FormulaLine } from '../../../segments/editor/FormulaLine.tsx';
import { boardProblems, nodeOfBoard, readNode } from '../node-board.ts';
import { workflowVocabulary } from '../scope/workflow-vocabulary.ts';
import type { Scope } from '../scope/scope.ts';
import classes from '../BlocksForms.module.css';

interface ConditionFieldProps {
  /** A node of the segment language, finished or not. */
  value: unknown;
  onChange: (node: JsonObject) => void;
  scope: Scope;
  /** Said where no card shows what it is about. */
  error: string | undefined;
}

/** A condition of a workflow as cards, as of a segment, and about the run besides. */
export function ConditionField({ value, onChange, scope, error }: ConditionFieldProps) {
  const t = useText();
  const vocabulary = useMemo(() => workflowVocabulary(scope), [scope]);
  const words = useConditionWords(vocabulary);
  const [board, setBoard] = useBoard(value);
  const [open, setOpen] = useState<number>();
  const problems = useMemo(
    () => (board ? boardProblems(board, vocabulary, t) : []),
    // `t` speaks the one language that there is.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [board, vocabulary],
  );
  const said = error ? <p className={classes.problem}>{error}</p> : null;
  if (!board) {
    return (
      <>
        <p className={classes.hint}>{t('blockForms.condition.onlyCode')}</p>
        {said}
      </>
    );
  }
  return (
    <div className={classes.group}>
      <FormulaLine board={board} />
      <BoardView
        sides={['include']}
        board={board}
        onChange={(next) => {
          setBoard(next);
          onChange(nodeOfBoard(next));
        }}
        open={open}
        onOpen={setOpen}
        problems={problems}
        vocabulary={vocabulary}
        words={words}
        readOnly={false}
        segment={undefined}
        allowsEvent
      />
      {cardsOf(board).length === 0 ? said : null}
    </div>
  );
}

/** The cards as they were drawn, empty ones too, until the condition is changed from elsewhere. */
function useBoard(value: unknown): [Board | undefined, (board: Board) => void] {
  const read = () => ({ board: readNode(value), node: hashKey([value]) });
  const [drawn, setDrawn] = useState(read);
  const isSame = drawn.node === hashKey([value]);
  const current = isSame ? drawn : read();
  if (!isSame) setDrawn(current);
  const draw = (board: Board) => setDrawn({ board, node: hashKey([nodeOfBoard(board)]) });
  return [current.board, draw];
}
