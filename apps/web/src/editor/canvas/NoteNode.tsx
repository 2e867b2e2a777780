import { LONGEST_NOTE } from '@perennial/blocks';
import { NodeResizer, type NodeProps } from '@xyflow/react';
import { memo, useEffect, useRef } from 'react';
import { useText } from '../../app/text.tsx';
import { useBuilder } from '../builder/BuilderContext.ts';
import { LEAST_NOTE } from '../note-element.ts';
import type { NoteNodeType } from './drawing.ts';
import classes from './Canvas.module.css';

/** Something written on the canvas, under the blocks. A double click or Enter lets it be written on. */
export const NoteNode = memo(function NoteNode({ id, data, selected }: NodeProps<NoteNodeType>) {
  const t = useText();
  const builder = useBuilder();
  const { text, colour, change, writing } = data;
  return (
    <>
      {builder && selected ? (
        <NodeResizer
          minWidth={LEAST_NOTE.width}
          minHeight={LEAST_NOTE.height}
          lineClassName={classes.resizeLine ?? ''}
          handleClassName={classes.resizeHandle ?? ''}
        />
      ) : null}
      <div
        className={classes.freeNote}
        data-colour={colour}
        data-selected={selected || undefined}
        data-change={change ?? undefined}
        dir="auto"
        onDoubleClick={() => builder?.openNote(id)}
      >
        {writing && builder ? (
          <NoteText id={id} text={text} />
        ) : (
          text ||
          (builder ? <span className={classes.noteHint}>{t('builder.note.empty')}</span> : null)
        )}
      </div>
    </>
  );
});

function NoteText({ id, text }: { id: string; text: string }) {
  const t = useText();
  const builder = useBuilder();
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    field.current?.focus({ preventScroll: true });
    field.current?.setSelectionRange(0, field.current.value.length);
  }, []);
  return (
    <textarea
      ref={field}
      // The canvas neither pans nor drags from here.
      className={`${classes.noteText} nodrag nopan nowheel`}
      aria-label={t('builder.note.free')}
      placeholder={t('builder.note.write')}
      maxLength={LONGEST_NOTE}
      value={text}
      onChange={({ currentTarget: { value } }) => builder?.writeFreeNote(id, value)}
      onBlur={() => builder?.leaveNote()}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Escape') builder?.leaveNote(id);
      }}
    />
  );
}
