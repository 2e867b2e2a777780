import { Alert } from '@mantine/core';
import { problemWords } from '../../app/problem-words.ts';
import { useText } from '../../app/text.tsx';

/** Why what a dialog asked for was not done; nothing while there is no reason. */
export function Refusal({ error }: { error: Parameters<typeof problemWords>[0] | null }) {
  const t = useText();
  if (!error) return null;
  return (
    <Alert color="red" variant="light" mt="md">
      {problemWords(error, t).detail}
    </Alert>
  );
}
