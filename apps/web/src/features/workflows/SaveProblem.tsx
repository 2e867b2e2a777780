import { Alert } from '@mantine/core';
import type { ApiProblem } from '../../api.ts';
import { problemWords } from '../../app/problem-words.ts';
import { useText } from '../../app/text.tsx';

/** Why the draft could not be saved. */
export function SaveProblem({ error }: { error: ApiProblem | null }) {
  const t = useText();
  if (!error) return null;
  return (
    <Alert color="red" variant="light" mt="md">
      {problemWords(error, t).detail}
    </Alert>
  );
}
