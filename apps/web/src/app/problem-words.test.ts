import { expect, test } from 'vitest';
import { ApiProblem } from '../api.ts';
import { problemWords } from './problem-words.ts';
import type { Say } from './text.tsx';

const say: Say = (id) => id;

function detailOf(detail: string, path: string, message: string) {
  const problem = new ApiProblem({ status: 400, detail, errors: [{ path, message }] });
  return problemWords(problem, say).detail;
}

test('a sentence that names what is wrong is said once', () => {
  expect(detailOf('/name: Stands there twice.', '/name', 'Stands there twice.')).toBe(
    '/name: Stands there twice.',
  );
});

test('what is wrong follows a sentence that does not name it', () => {
  expect(detailOf('The graph has errors.', '/blocks/2', 'Has no name.')).toBe(
    'The graph has errors. /blocks/2 Has no name.',
  );
});
