import { useEffect, useRef } from 'react';
import { useText } from '../../app/text.tsx';
import { useBuilder } from '../builder/BuilderContext.ts';
import classes from './Canvas.module.css';

interface BlockNoteProps {
  block: string;
  label: string;
  note: string | null;
  writing: boolean;
}

/** What somebody wrote about a block, on a slip beside it. */
export function BlockNote({ block, label, note, writing }: BlockNoteProps) {
  const builder = useBuilder();
  if (writing && builder) return <NoteField block={block} label={label} note={note ?? ''} />;
  if (note === null) return null;
  return (
    <div className={classes.note} title={note} dir="auto">
      {note}
    </div>
  );
}

function NoteField({ block, label, note }: { block: string; label: string; note: string }) {
  const t = useText();
  const builder = useBuilder();
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    field.current?.focus({ preventScroll: true });
    field.current?.select();
  }, []);
  return (
    <textarea
      ref={field}
      // The canvas neither pans nor drags from here.
      className={`${classes.note} nodrag nopan nowheel`}
      data-writing
      aria-label={t('builder.note.label', { block: label })}
      placeholder={t('builder.note.write')}
      maxLength={2_000}
      value={note}
      onChange={({ currentTarget: { value } }) => builder?.writeNote(block, value)}
      onBlur={() => builder?.leaveNote()}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Escape') builder?.leaveNote();
      }}
    />
  );
}
