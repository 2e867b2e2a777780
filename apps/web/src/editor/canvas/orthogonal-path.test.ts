import { expect, test } from 'vitest';
import { orthogonalPath } from './orthogonal-path.ts';

test('a block straight below is reached by a straight line', () => {
  expect(orthogonalPath({ x: 10, y: 0 }, [], { x: 10, y: 72 })).toBe('M 10 0 L 10 72');
});

test('a block beside is reached by one turn in the gap between the rows', () => {
  expect(orthogonalPath({ x: 0, y: 0 }, [], { x: 100, y: 72 })).toBe(
    'M 0 0 L 0 24 Q 0 36 12 36 L 88 36 Q 100 36 100 48 L 100 72',
  );
});

test('a row on the way is passed at the point given, turning before and after it', () => {
  const path = orthogonalPath({ x: 0, y: 0 }, [{ x: -50, y: 124 }], { x: 0, y: 248 });
  expect(path).toContain('Q 0 36');
  expect(path).toContain('Q -50 36');
  expect(path).toContain('Q -50 212');
  expect(path).toContain('Q 0 212');
});

test('a step narrower than two corners has smaller ones', () => {
  expect(orthogonalPath({ x: 0, y: 0 }, [], { x: 8, y: 72 })).toContain('Q 0 36 4 36');
});
