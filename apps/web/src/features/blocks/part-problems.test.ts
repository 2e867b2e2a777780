import { expect, test } from 'vitest';
import { ApiProblem } from '../../api.ts';
import { partProblems } from './part-problems.ts';

test('of what is refused the parts of one language say what is theirs', () => {
  const error = new ApiProblem({
    status: 400,
    errors: [
      { path: '/content/en/mjml', message: 'Must not be empty.' },
      { path: '/content/en-GB/mjml', message: 'Must not be empty.' },
      { path: '/content/en', message: 'Give at least one part.' },
      { path: '/name', message: 'Must not be empty.' },
    ],
  });
  expect(partProblems(error, 'en')).toEqual([
    { path: '/mjml', message: 'Must not be empty.', line: null, excerpt: null, kind: 'template' },
  ]);
});
