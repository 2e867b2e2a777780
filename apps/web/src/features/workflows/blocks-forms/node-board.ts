import { LANGUAGE, type Json, type JsonObject } from '@perennial/conditions';
import type { Say } from '../../../app/text.tsx';
import type { Vocabulary } from '../../conditions/vocabulary.ts';
import type { Board } from '../../segments/editor/board.ts';
import { problemsOf, type RuleProblem } from '../../segments/editor/problems.ts';
import { readBoard } from '../../segments/editor/read-board.ts';
import { writeBoard } from '../../segments/editor/write-board.ts';

/** A condition as cards of one column; undefined for one that cards cannot show. */
export function readNode(node: unknown): Board | undefined {
  return readBoard({ language: LANGUAGE, include: (node ?? { all: [] }) as Json });
}

/** The condition that the cards say. */
export function nodeOfBoard(board: Board): JsonObject {
  return writeBoard(board).definition['include'] as JsonObject;
}

/** What is wrong with the conditions on the cards. */
export function boardProblems(board: Board, vocabulary: Vocabulary, t: Say): RuleProblem[] {
  const { definition, itemAt } = writeBoard(board);
  return problemsOf({ definition, itemAt, syntax: undefined }, vocabulary, t);
}
