import type { ContactCard, ContactMerges, IdentifierRefusal, Merge } from '@perennial/contracts';
import { Panel, Time } from '@perennial/ui';
import { useState } from 'react';
import { useRead } from '../../app/data.ts';
import { useRight } from '../../app/session.ts';
import { Rich, useText } from '../../app/text.tsx';
import { refusalWords, whyWords } from './merge-words.ts';
import { UndoButton } from './UndoButton.tsx';
import { UndoMerge } from './UndoMerge.tsx';
import classes from './Merges.module.css';

/** Which contacts became this one, and which identifiers it was refused. */
export function MergesPanel({
  contact: { id: contactId, deleted_at: deleted },
}: {
  contact: Pick<ContactCard, 'id' | 'deleted_at'>;
}) {
  const t = useText();
  const mayWrite = useRight('contacts.write') && deleted === null;
  const merges = useRead<ContactMerges>(`/contacts/${contactId}/merges`);
  const [undoing, setUndoing] = useState<Merge | null>(null);
  const { items = [], refusals = [] } = merges.data ?? {};
  if (items.length + refusals.length === 0) return null;
  return (
    <Panel title={t('merges.card')}>
      <ul className={classes.list}>
        {items.map((merge) => (
          <Row key={merge.id} merge={merge} onUndo={mayWrite ? setUndoing : undefined} />
        ))}
        {refusals.map((refusal) => (
          <Refused key={`${refusal.kind} ${refusal.reason}`} refusal={refusal} />
        ))}
      </ul>
      {undoing ? <UndoMerge merge={undoing} onClose={() => setUndoing(null)} /> : null}
    </Panel>
  );
}

function Row({ merge, onUndo }: { merge: Merge; onUndo: ((merge: Merge) => void) | undefined }) {
  const t = useText();
  const { merged, state, decided_at: at, undone_at: undoneAt, undone_by: by } = merge;
  return (
    <li className={classes.row} data-undone={state === 'undone' || undefined}>
      <span className={classes.name}>{t('merges.card.into', { id: merged })}</span>
      {state === 'applied' && onUndo ? (
        <UndoButton merge={merge} label={t('merges.card.into', { id: merged })} onUndo={onUndo} />
      ) : (
        <span className={classes.muted}>{t(`merges.state.${state}`)}</span>
      )}
      <span className={classes.detail} dir="auto">
        {whyWords(t, merge)} · <Time at={at} />
      </span>
      {undoneAt ? (
        <span className={classes.detail}>
          <Rich
            id="merges.card.undone"
            values={{ by: by ?? '', at: <Time key="at" at={undoneAt} /> }}
          />
        </span>
      ) : null}
    </li>
  );
}

function Refused({ refusal }: { refusal: IdentifierRefusal }) {
  const t = useText();
  const { n, last_at: at } = refusal;
  return (
    <li className={classes.row}>
      <span className={classes.refused} dir="auto">
        {refusalWords(t, refusal)}
      </span>
      <span className={classes.detail}>
        <Rich id="merges.refusal.times" values={{ n, at: <Time key="at" at={at} /> }} />
      </span>
    </li>
  );
}
