import { Button, Group, Modal, SegmentedControl } from '@mantine/core';
import type { ContactCard, Merge, MergePreview } from '@perennial/contracts';
import { SkeletonFacts } from '@perennial/ui';
import { useState } from 'react';
import { useChange, useRead } from '../../app/data.ts';
import { Problem } from '../../app/Problem.tsx';
import { problemWords } from '../../app/problem-words.ts';
import { useShowProblem } from '../../app/show-problem.ts';
import { useShowUndo } from '../../app/show-undo.tsx';
import { useText } from '../../app/text.tsx';
import { useGo } from '../../app/use-to.ts';
import { contactName } from '../contacts/contact.ts';
import { ContactSelect } from '../contacts/ContactSelect.tsx';
import { PreviewView } from './PreviewView.tsx';
import classes from './Merges.module.css';

/** Finds the other contact, shows what a merge would do, and does it. */
export function MergeDialog({ contact, onClose }: { contact: ContactCard; onClose: () => void }) {
  const t = useText();
  const [other, setOther] = useState<string | null>(null);
  const [survivor, setSurvivor] = useState(contact.id);
  const isSame = other === contact.id;
  const chosen = other === null || isSame ? null : other;
  const choose = (id: string | null) => {
    setOther(id);
    setSurvivor(contact.id);
  };
  return (
    <Modal opened onClose={onClose} title={t('merges.dialog.title')} size={760}>
      <div className={classes.stack}>
        <p className={classes.words}>{t('merges.dialog.hint')}</p>
        <ContactSelect
          size="sm"
          fullWidth
          label={t('merges.dialog.choose')}
          placeholder={t('merges.dialog.placeholder')}
          value={other}
          onChange={choose}
        />
        {isSame ? <p className={classes.warn}>{t('merges.dialog.same')}</p> : null}
        {chosen === null ? (
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('merges.dialog.cancel')}
            </Button>
          </Group>
        ) : (
          <Chosen
            contact={contact}
            other={chosen}
            survivor={survivor}
            onSurvivor={setSurvivor}
            onClose={onClose}
          />
        )}
      </div>
    </Modal>
  );
}

interface ChosenProps {
  contact: ContactCard;
  other: string;
  survivor: string;
  onSurvivor: (id: string) => void;
  onClose: () => void;
}

function Chosen({ contact, other, survivor, onSurvivor, onClose }: ChosenProps) {
  const t = useText();
  const merged = survivor === contact.id ? other : contact.id;
  const second = useRead<ContactCard>(`/contacts/${other}`);
  const preview = useRead<MergePreview>(`/contacts/${survivor}/merge_preview`, {
    query: { other: merged },
  });
  const merge = useMergeContacts(onClose);
  const nameOf = (card: ContactCard | undefined, id: string) =>
    (card && contactName(card)) ?? t('app.contact.unnamed', { id });
  const names = new Map([
    [contact.id, nameOf(contact, contact.id)],
    [other, nameOf(second.data, other)],
  ]);
  return (
    <>
      <SegmentedControl
        fullWidth
        aria-label={t('merges.dialog.survivor')}
        value={survivor}
        onChange={onSurvivor}
        data={[contact.id, other].map((id) => ({
          value: id,
          label: t('merges.dialog.keep', { name: names.get(id) ?? id }),
        }))}
      />
      {preview.data ? (
        <PreviewView preview={preview.data} names={names} />
      ) : preview.error ? (
        <Problem error={preview.error} onRetry={() => void preview.refetch()} />
      ) : (
        <SkeletonFacts rows={6} />
      )}
      <p className={classes.words}>{t('merges.dialog.sure', { merged, survivor })}</p>
      {merge.error ? (
        <p role="alert" className={classes.error}>
          {problemWords(merge.error, t).detail}
        </p>
      ) : null}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t('merges.dialog.cancel')}
        </Button>
        <Button
          disabled={!preview.data}
          loading={merge.isPending}
          onClick={() => merge.run({ survivor, merged })}
        >
          {t('merges.dialog.confirm')}
        </Button>
      </Group>
    </>
  );
}

/** Merges, opens the survivor's card and offers to undo it. */
function useMergeContacts(onClose: () => void) {
  const t = useText();
  const go = useGo();
  const showUndo = useShowUndo();
  const showProblem = useShowProblem();
  const undo = useChange(
    (api, { survivor, id }: Merge) => api.post(`/contacts/${survivor}/merges/${id}/undo`),
    ['/contacts', '/merges'],
  );
  const merge = useChange(
    (api, { survivor, merged }: { survivor: string; merged: string }) =>
      api.post<Merge>(`/contacts/${survivor}/merge`, { other: merged }),
    ['/contacts', '/merges'],
  );
  return {
    error: merge.error,
    isPending: merge.isPending,
    run: (pair: { survivor: string; merged: string }) =>
      merge.mutate(pair, {
        onSuccess: (made) => {
          onClose();
          go(`contacts/${made.survivor}`);
          showUndo(t('merges.dialog.done'), () => undo.mutate(made, { onError: showProblem }));
        },
      }),
  };
}
