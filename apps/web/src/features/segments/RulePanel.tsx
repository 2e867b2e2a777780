import { Button } from '@mantine/core';
import type { JsonObject } from '@perennial/conditions';
import type { SegmentDetail } from '@perennial/contracts';
import { JsonView, Panel, SkeletonLines } from '@perennial/ui';
import { IconPencil } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useRight } from '../../app/session.ts';
import { useText } from '../../app/text.tsx';
import { useTo } from '../../app/use-to.ts';
import { useConditionWords, type ConditionWords } from '../conditions/use-condition-words.ts';
import { useVocabulary } from '../conditions/use-vocabulary.ts';
import { cardsOf, letterOf, SIDES, type Board, type Card } from './editor/board.ts';
import { FormulaLine } from './editor/FormulaLine.tsx';
import { readBoard } from './editor/read-board.ts';
import classes from './Segments.module.css';

/** The rule of a segment as sentences, card by card. */
export function RulePanel({ segment }: { segment: SegmentDetail }) {
  const t = useText();
  const to = useTo();
  const mayWrite = useRight('segments.write') && segment.archived_at === null;
  const { vocabulary } = useVocabulary();
  const words = useConditionWords(vocabulary);
  const board = readBoard(segment.definition);
  return (
    <Panel
      title={t('segments.rule')}
      actions={
        mayWrite ? (
          <Button
            size="compact-sm"
            variant="default"
            component={Link}
            to={to(`segments/${segment.id}/edit`)}
            leftSection={<IconPencil size={14} />}
          >
            {t('segments.rule.edit')}
          </Button>
        ) : null
      }
    >
      {!vocabulary ? (
        <SkeletonLines lines={3} />
      ) : board ? (
        <Cards board={board} words={words} />
      ) : (
        <>
          <p className={classes.said}>{words.say(segment.definition as JsonObject)}</p>
          <JsonView value={segment.definition} open={1} />
        </>
      )}
    </Panel>
  );
}

function Cards({ board, words }: { board: Board; words: ConditionWords }) {
  const t = useText();
  const cards = cardsOf(board);
  return (
    <>
      <FormulaLine board={board} />
      {SIDES.map((side) =>
        board[side].cards.length === 0 ? null : (
          <section key={side} className={classes.ruleSide}>
            <h3 className={classes.ruleTitle}>{t(`segments.editor.${side}`)}</h3>
            {board[side].cards.map((card) => (
              <CardWords
                key={card.id}
                card={card}
                letter={cards.length > 1 ? letterOf(cards.indexOf(card)) : undefined}
                words={words}
              />
            ))}
          </section>
        ),
      )}
    </>
  );
}

interface CardWordsProps {
  card: Card;
  letter: string | undefined;
  words: ConditionWords;
}

function CardWords({ card, letter, words }: CardWordsProps) {
  const t = useText();
  return (
    <div className={classes.ruleCard}>
      {letter ? <span className={classes.ruleLetter}>{letter}</span> : null}
      <ul className={classes.ruleItems}>
        {card.negated ? <li className={classes.ruleNot}>{t('segments.rule.notCard')}</li> : null}
        {card.items.map((item, index) => (
          <li key={item.id} dir="auto">
            {index > 0 ? (
              <span className={classes.ruleJoin}>
                {t(card.match === 'all' ? 'segments.editor.and' : 'segments.editor.or')}{' '}
              </span>
            ) : null}
            {item.negated ? <span className={classes.ruleNot}>{t('conditions.not')} </span> : null}
            {words.say(item.condition) ?? JSON.stringify(item.condition)}
          </li>
        ))}
      </ul>
    </div>
  );
}
