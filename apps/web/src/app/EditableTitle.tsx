import classes from './EditableTitle.module.css';

interface EditableTitleProps {
  label: string;
  value: string;
  readOnly?: boolean;
  /** Shown while there is none: what is wanted. */
  placeholder?: string;
  onChange: (value: string) => void;
  /** Called when the field is left. */
  onLeave?: () => void;
}

/** A page's title that is typed over in place. */
export function EditableTitle(props: EditableTitleProps) {
  const { label, value, readOnly, placeholder, onChange, onLeave } = props;
  if (readOnly) return value;
  return (
    <span className={classes.root} data-value={value || placeholder}>
      <input
        className={classes.input}
        aria-label={label}
        value={value}
        placeholder={placeholder}
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
