import { Tooltip, UnstyledButton } from '@mantine/core';
import type { ContactCard } from '@perennial/contracts';
import { CopyButton, exactTime } from '@perennial/ui';
import { Fragment, useRef, type KeyboardEvent, type ReactElement, type ReactNode } from 'react';
import { useIntl } from 'react-intl';
import type { ApiProblem } from '../../../api.ts';
import { problemWords } from '../../../app/problem-words.ts';
import { useText, type Say } from '../../../app/text.tsx';
import { FieldText } from '../FieldText.tsx';
import { sourceWord } from '../value-words.ts';
import { valueOf, type CardField } from './card-field.ts';
import { FIELD_ROW, focusField, neighbourOf, useEditing } from './editing.tsx';
import { editors } from './editors.ts';
import { TextEditor } from './TextEditor.tsx';
import { useFieldEdit } from './use-field-edit.ts';
import classes from './Edit.module.css';

interface EditableFactProps {
  contact: ContactCard;
  field: CardField;
  editable: boolean;
  /** Instead of the value in its usual form. */
  shown?: ReactNode | undefined;
}

/** A field of the card; a click or Enter edits it where it stands. */
export function EditableFact({ contact, field, editable, shown }: EditableFactProps) {
  const editing = useEditing();
  const isEdited = editable && editing.key === field.key;
  return (
    <div className={classes.row} {...(editable ? { [FIELD_ROW]: field.key } : {})}>
      <dt className={classes.label}>
        <Tooltip label={field.description} disabled={!field.description} multiline maw={280}>
          <span dir="auto">
            <Breakable text={field.label} />
          </span>
        </Tooltip>
      </dt>
      <dd className={classes.value}>
        {isEdited ? (
          <Edited contact={contact} field={field} />
        ) : (
          <Shown contact={contact} field={field} editable={editable} shown={shown} />
        )}
      </dd>
    </div>
  );
}

/** Names that were made of keys break behind an underscore rather than within a word. */
function Breakable({ text }: { text: string }) {
  return text.split(/(?<=_)/).map((part, place) => (
    <Fragment key={place}>
      {part}
      <wbr />
    </Fragment>
  ));
}

function Shown({ contact, field, editable, shown }: EditableFactProps) {
  const t = useText();
  const editing = useEditing();
  const value = valueOf(contact, field.key);
  const isEmpty = value === null;
  const text = (
    <span className={classes.text} data-empty={isEmpty || undefined} dir="auto">
      {isEmpty ? '–' : (shown ?? <FieldText value={value} field={field} />)}
    </span>
  );
  return (
    <>
      <Origin contact={contact} field={field}>
        {editable ? (
          <UnstyledButton
            className={classes.edit}
            aria-label={t('contacts.edit.field', { field: field.label })}
            onClick={() => editing.edit(field.key)}
          >
            {text}
          </UnstyledButton>
        ) : (
          <span className={classes.fixed}>{text}</span>
        )}
      </Origin>
      {isEmpty ? null : (
        <span className={classes.copy}>
          <CopyButton value={copied(value)} />
        </span>
      )}
    </>
  );
}

function copied(value: unknown): string {
  if (Array.isArray(value)) return value.join(', ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** When and by what the value was set, on hover and focus. */
function Origin({
  contact,
  field,
  children,
}: Omit<EditableFactProps, 'editable' | 'shown'> & {
  children: ReactElement;
}) {
  const t = useText();
  const intl = useIntl();
  const origin = contact.set_at[field.key];
  if (!origin) return children;
  const words = t(origin.weak ? 'contacts.origin.weak' : 'contacts.origin', {
    source: sourceWord(origin.source, intl),
    at: exactTime(intl, new Date(origin.at)),
  });
  return (
    <Tooltip label={words} openDelay={400} events={{ hover: true, focus: true, touch: false }}>
      {children}
    </Tooltip>
  );
}

function Edited({ contact, field }: Pick<EditableFactProps, 'contact' | 'field'>) {
  const t = useText();
  const editing = useEditing();
  const edit = useFieldEdit(contact, field);
  // Where Tab wants to go once the value was taken.
  const following = useRef<string | null>(null);
  const Editor = editors[field.type] ?? TextEditor;
  const close = () => {
    editing.leave(field.key, following.current);
    if (following.current === null) focusField(field.key);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key === 'Escape') {
      event.stopPropagation();
      following.current = null;
      close();
    }
    if (event.key !== 'Tab' || hasNextInput(event)) return;
    following.current = neighbourOf(field.key, event.shiftKey ? -1 : 1);
    if (following.current === null) return;
    event.preventDefault();
    // Leaving keeps the value; the next field opens when it was taken.
    (document.activeElement as HTMLElement | null)?.blur();
  };
  return (
    <div onKeyDown={onKeyDown}>
      <Editor
        field={field}
        value={valueOf(contact, field.key)}
        zone={contact.time_zone}
        saving={edit.saving}
        error={edit.problem ? wordsAtField(edit.problem, t) : undefined}
        onSave={(value, consent) => edit.save(value, close, consent)}
      />
    </div>
  );
}

/** Whether Tab stays inside an editor of several inputs. */
function hasNextInput({ currentTarget, target, shiftKey }: KeyboardEvent<HTMLElement>): boolean {
  const inputs = [...currentTarget.querySelectorAll('input:not([type=hidden]), textarea')];
  const at = inputs.indexOf(target as Element);
  return at >= 0 && inputs[at + (shiftKey ? -1 : 1)] !== undefined;
}

function wordsAtField(problem: ApiProblem, t: Say): string {
  return problem.errors[0]?.message ?? problemWords(problem, t).detail;
}
