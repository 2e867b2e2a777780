import { Alert, Textarea } from '@mantine/core';
import type { MemberReference } from '@perennial/contracts';
import { useMemo, useState } from 'react';
import { useText } from '../../app/text.tsx';
import { AddButtons } from './AddButtons.tsx';
import { parsePasted, referencesOf } from './parse-pasted.ts';
import classes from './Segments.module.css';

interface PasteContactsProps {
  progress: number | undefined;
  onAdd: (references: MemberReference[]) => void;
  onCancel: () => void;
}

/** Beyond this a file is the better way. */
const MOST_PASTED = 10_000;

/** Takes what was copied elsewhere and says what it takes it for. */
export function PasteContacts({ progress, onAdd, onCancel }: PasteContactsProps) {
  const t = useText();
  const [text, setText] = useState('');
  const pasted = useMemo(() => parsePasted(text), [text]);
  const references = useMemo(() => referencesOf(pasted), [pasted]);
  const tooMany = references.length > MOST_PASTED;
  const parts = [
    pasted.emails.length > 0 && t('segments.add.emails', { count: pasted.emails.length }),
    pasted.phones.length > 0 && t('segments.add.phones', { count: pasted.phones.length }),
    pasted.externalIds.length > 0 && t('segments.add.ids', { count: pasted.externalIds.length }),
  ].filter((part) => part !== false);
  return (
    <div>
      <Textarea
        label={t('segments.add.pasteLabel')}
        description={t('segments.add.pasteHint')}
        value={text}
        rows={9}
        dir="auto"
        spellCheck={false}
        classNames={{ input: classes.paste ?? '' }}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <p className={classes.recognised} aria-live="polite">
        {parts.join(' · ')}
      </p>
      {tooMany ? (
        <Alert color="yellow" variant="light">
          {t('segments.add.tooMany', { count: references.length, most: MOST_PASTED })}
        </Alert>
      ) : null}
      <AddButtons
        count={references.length}
        disabled={tooMany}
        progress={progress}
        onAdd={() => onAdd(references)}
        onCancel={onCancel}
      />
    </div>
  );
}
