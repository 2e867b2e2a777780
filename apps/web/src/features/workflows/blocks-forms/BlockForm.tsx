import type { BlockType } from '@perennial/blocks';
import { useMemo } from 'react';
import { useText } from '../../../app/text.tsx';
import { BlockNote } from './BlockNote.tsx';
import type { ExitNames } from '../../../editor/edit/change-block.ts';
import type { Settings } from './form-props.ts';
import { problemAt, problemsOf } from './problems.ts';
import { blockForms } from './registry.ts';
import type { Scope } from './scope/scope.ts';
import classes from './BlocksForms.module.css';

interface BlockFormViewProps {
  type: string;
  settings: Settings;
  note: string | null;
  scope: Scope;
  /** Shown for reading where it may not be changed. */
  readOnly: boolean;
  onChange: (settings: Settings, exits?: ExitNames) => void;
  onNote: (note: string | undefined) => void;
}

/** The settings of a block, with what is wrong at its place, and its note. */
export function BlockForm(props: BlockFormViewProps) {
  const { type, settings, note, scope, readOnly, onChange, onNote } = props;
  const t = useText();
  const Form = Object.hasOwn(blockForms, type) ? blockForms[type as BlockType] : undefined;
  const problems = useMemo(
    () => problemsOf(type, settings, scope.vocabulary),
    [type, settings, scope.vocabulary],
  );
  const errorAt = (path: string): string | undefined => {
    const problem = problemAt(problems, path);
    if (!problem) return undefined;
    return problem.isMissing ? t('blockForms.missing') : problem.message;
  };
  const whole = problems.filter(({ path }) => path === '');
  return (
    <fieldset className={classes.form} disabled={readOnly}>
      {readOnly ? <p className={classes.hint}>{t('blockForms.readOnly')}</p> : null}
      {Form ? (
        <Form type={type} settings={settings} onChange={onChange} scope={scope} errorAt={errorAt} />
      ) : (
        <p className={classes.hint}>{t('blockForms.none')}</p>
      )}
      {whole.map(({ message }) => (
        <p key={message} role="alert" className={classes.problem}>
          {message}
        </p>
      ))}
      <BlockNote note={note} onNote={onNote} />
    </fieldset>
  );
}
