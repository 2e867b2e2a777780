import { useState } from 'react';
import { useChange } from './data.ts';
import { EditableTitle } from './EditableTitle.tsx';
import { useShowProblem } from './show-problem.ts';

interface RenamableTitleProps {
  /** For screen readers: what typing does. */
  label: string;
  name: string;
  readOnly: boolean;
  /** Of the thing: `/segments/7`. */
  path: string;
  /** What is read again once it has the new name. */
  renews: string;
}

/** The name of a thing, saved when the field is left; an empty or refused one goes back. */
export function RenamableTitle({ label, name, readOnly, path, renews }: RenamableTitleProps) {
  const showProblem = useShowProblem();
  const [typed, setTyped] = useState(name);
  const rename = useChange((api, next: string) => api.patch(path, { name: next }), [renews]);
  const save = () => {
    const next = typed.trim();
    if (next === '') setTyped(name);
    else if (next !== name) {
      rename.mutate(next, {
        onError: (error) => {
          setTyped(name);
          showProblem(error);
        },
      });
    }
  };
  return (
    <EditableTitle
      label={label}
      value={typed}
      readOnly={readOnly}
      onChange={setTyped}
      onLeave={save}
    />
  );
}
