import { useText } from '../../../app/text.tsx';

interface ChosenSubjectProps {
  choice: { index: number; text: string | null };
}

/** Which of several subjects a recipient got, as it was written. */
export function ChosenSubject({ choice: { index, text } }: ChosenSubjectProps) {
  const t = useText();
  const number = t('subjects.fact.of', { n: index + 1 });
  if (text === null) return <>{number}</>;
  return (
    <>
      {number}: <span dir="auto">{text}</span>
    </>
  );
}
