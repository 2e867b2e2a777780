import { Textarea } from '@mantine/core';
import { useText } from '../../../app/text.tsx';

interface BlockNoteProps {
  note: string | null;
  onNote: (note: string | undefined) => void;
}

/** What colleagues should know of a block. */
export function BlockNote({ note, onNote }: BlockNoteProps) {
  const t = useText();
  return (
    <Textarea
      label={t('workflows.inspect.note')}
      placeholder={t('blockForms.note.placeholder')}
      autosize
      minRows={1}
      maxRows={8}
      maxLength={2_000}
      dir="auto"
      value={note ?? ''}
      onChange={({ currentTarget }) => onNote(currentTarget.value || undefined)}
    />
  );
}
