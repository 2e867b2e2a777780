import { Button, Checkbox, Group, Modal } from '@mantine/core';
import type { Contact, Merge, MergePreview } from '@perennial/contracts';
import { SkeletonFacts } from '@perennial/ui';
import { IconArrowMerge } from '@tabler/icons-react';
import { useState } from 'react';
import { useChange, useRead } from '../../../app/data.ts';
import { Problem } from '../../../app/Problem.tsx';
import { problemWords } from '../../../app/problem-words.ts';
import { useShowProblem } from '../../../app/show-problem.ts';
import { useShowUndo } from '../../../app/show-undo.tsx';
import { useText } from '../../../app/text.tsx';
import { PreviewView } from '../../merges/PreviewView.tsx';
import { contactName } from '../contact.ts';
import { externalIdsOf } from './compare-contacts.ts';
import classes from './ContactList.module.css';

interface MergeIntoProps {
  keep: Contact;
  others: readonly Contact[];
}

/** Makes the others of a group one with this contact, once it was seen what that would do. */
export function MergeInto(props: MergeIntoProps) {
  const t = useText();
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button
        size="compact-xs"
        variant="default"
        leftSection={<IconArrowMerge size={14} />}
        onClick={() => setOpened(true)}
      >
        {t('contacts.duplicates.keep')}
      </Button>
      {opened ? <Preview {...props} onClose={() => setOpened(false)} /> : null}
    </>
  );
}

function Preview({ keep, others, onClose }: MergeIntoProps & { onClose: () => void }) {
  const t = useText();
  const externalIds = externalIdsOf([keep, ...others]);
  const [isOnePerson, setOnePerson] = useState(externalIds.length < 2);
  const merge = useMergeInto({ keep, others }, onClose);
  const nameOf = (contact: Contact) =>
    contactName(contact) ?? t('app.contact.unnamed', { id: contact.id });
  const names = new Map([keep, ...others].map((contact) => [contact.id, nameOf(contact)]));
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('contacts.duplicates.title', { name: nameOf(keep) })}
      size={760}
    >
      <div className={classes.dialog}>
        {others.map(({ id }) => (
          <Pair key={id} keep={keep.id} other={id} names={names} />
        ))}
        <p className={classes.hint}>
          {t('contacts.duplicates.sure', { count: others.length, id: keep.id })}
        </p>
        {externalIds.length < 2 ? null : (
          <Checkbox
            label={t('contacts.duplicates.onePerson', { ids: externalIds.join(', ') })}
            checked={isOnePerson}
            onChange={(event) => setOnePerson(event.currentTarget.checked)}
          />
        )}
        {merge.error ? <p role="alert">{problemWords(merge.error, t).detail}</p> : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('app.cancel')}
          </Button>
          <Button disabled={!isOnePerson} loading={merge.isPending} onClick={merge.run}>
            {t('contacts.duplicates.go', { count: others.length + 1 })}
          </Button>
        </Group>
      </div>
    </Modal>
  );
}

interface PairProps {
  keep: string;
  other: string;
  names: ReadonlyMap<string, string>;
}

function Pair({ keep, other, names }: PairProps) {
  const preview = useRead<MergePreview>(`/contacts/${keep}/merge_preview`, { query: { other } });
  if (preview.data) return <PreviewView preview={preview.data} names={names} />;
  if (!preview.error) return <SkeletonFacts rows={6} />;
  return <Problem error={preview.error} onRetry={() => void preview.refetch()} />;
}

/** One merge after the other, and all of them taken back by one click. */
function useMergeInto({ keep, others }: MergeIntoProps, onClose: () => void) {
  const t = useText();
  const showProblem = useShowProblem();
  const showUndo = useShowUndo();
  const renews = ['/contacts', '/contact_duplicates', '/merges'];
  const undo = useChange(async (api, made: Merge[]) => {
    // The last first: a survivor that was merged on cannot be parted.
    for (const { id } of made.toReversed()) {
      await api.post(`/contacts/${keep.id}/merges/${id}/undo`);
    }
  }, renews);
  const merge = useChange(async (api) => {
    const made: Merge[] = [];
    for (const { id: other } of others) {
      made.push(await api.post<Merge>(`/contacts/${keep.id}/merge`, { other }));
    }
    // Here, because the group and its buttons are gone once the list was read again.
    onClose();
    showUndo(t('contacts.duplicates.merged', { count: made.length, id: keep.id }), () => {
      undo.mutateAsync(made).catch(showProblem);
    });
  }, renews);
  return { error: merge.error, isPending: merge.isPending, run: () => merge.mutate() };
}
