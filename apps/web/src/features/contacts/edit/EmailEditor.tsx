import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { ConsentBox, consentMembers, noConsent } from '../ConsentBox.tsx';
import type { EditorProps } from './editor-props.ts';
import { EditorGroup } from './EditorGroup.tsx';
import { TextEditor } from './TextEditor.tsx';

/** The address that the contact is written to; other fields may hold addresses, too. */
export function EmailEditor(props: EditorProps) {
  return props.field.key === 'email' ? <OwnEmailEditor {...props} /> : <TextEditor {...props} />;
}

function OwnEmailEditor({ field, value, error, saving, onSave }: EditorProps) {
  const [text, setText] = useState(typeof value === 'string' ? value : '');
  const [consent, setConsent] = useState(noConsent);
  const email = text.trim();
  const keep = () => onSave(email || null, consentMembers(consent));
  return (
    <EditorGroup onLeave={keep}>
      <TextInput
        autoFocus
        size="xs"
        type="email"
        aria-label={field.label}
        dir="auto"
        value={text}
        error={error}
        readOnly={saving}
        maxLength={field.rules.max_length ?? 1000}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') keep();
        }}
      />
      {email && email !== value ? <ConsentBox consent={consent} onChange={setConsent} /> : null}
    </EditorGroup>
  );
}
