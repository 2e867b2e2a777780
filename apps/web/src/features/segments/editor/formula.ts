import { cardsOf, groupsOf, letterOf, type Board, type Card, type Column } from './board.ts';

/** A piece of the line that says how cards are put together. */
export type FormulaPart =
  | {
      readonly kind: 'card';
      readonly id: number;
      readonly letter: string;
      readonly negated: boolean;
    }
  | { readonly kind: 'and' | 'or' | 'open' | 'close' | 'without' };

/** "A and (B or C) without D": cards by their letters, brackets where both joins stand. */
export function formulaOf(board: Board): readonly FormulaPart[] {
  const letters = new Map(cardsOf(board).map(({ id }, index) => [id, letterOf(index)]));
  const include = columnParts(board.include, letters);
  const exclude = columnParts(board.exclude, letters);
  return exclude.length > 0 ? [...include, { kind: 'without' }, ...exclude] : include;
}

function columnParts(column: Column, letters: ReadonlyMap<number, string>): FormulaPart[] {
  const groups = groupsOf(column);
  const outer = column.first === 'and' ? 'or' : 'and';
  return groups.flatMap((group, index): FormulaPart[] => {
    const inner = group.flatMap((card, n): FormulaPart[] => [
      ...(n > 0 ? [{ kind: column.first }] : []),
      cardPart(card, letters),
    ]);
    const isBracketed = group.length > 1 && groups.length > 1;
    return [
      ...(index > 0 ? [{ kind: outer } as const] : []),
      ...(isBracketed ? [{ kind: 'open' } as const, ...inner, { kind: 'close' } as const] : inner),
    ];
  });
}

function cardPart({ id, negated }: Card, letters: ReadonlyMap<number, string>): FormulaPart {
  return { kind: 'card', id, letter: letters.get(id) ?? '', negated };
}
