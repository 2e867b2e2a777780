import classes from './EditableTitle.module.css';

interface EditableTitleProps {
  label: string;
  value: string;
  readOnly?: boolean;
  onChange: (value: string) => void;
  /** Called when the field is left. */
  onLeave?: () => void;
}

/** A page's title that is typed over in place. */
export function EditableTitle({ label, value, readOnly, onChange, onLeave }: EditableTitleProps) {
  if (readOnly) return value;
  return (
    <span className={classes.root} data-value={value}>
      <input
        className={classes.input}
        aria-label={label}
        value={value}
        maxLength={200}
        // The copy behind gives the width, not the field's own measure.
        size={1}
        dir="auto"
        onChange={(event) => onChange(event.currentTarget.value)}
        onBlur={onLeave}
        onKeyDown={(event) => {
          if (event.key === 'Enter') event.currentTarget.blur();
        }}
      />
    </span>
  );
}
