import { Button, Group, Modal } from '@mantine/core';
import {
  personalisationDifferences,
  type ListedVersion,
  type Message,
  type Personalisation,
} from '@perennial/contracts';
import { SkeletonBlock } from '@perennial/ui';
import { useList, useRead } from '../../../app/data.ts';
import { Problem } from '../../../app/Problem.tsx';
import { useShowUndo } from '../../../app/show-undo.tsx';
import { useText } from '../../../app/text.tsx';
import { ContentDifference } from '../library/ContentDifference.tsx';
import type { useMessageDraft } from './use-message-draft.ts';
import classes from './Draft.module.css';

interface OutdatedDialogProps {
  messageId: string;
  editing: ReturnType<typeof useMessageDraft>;
  onClose: () => void;
}

/** Somebody else's newer version beside the draft; one of the two is taken. */
export function OutdatedDialog({ messageId, editing, onClose }: OutdatedDialogProps) {
  const t = useText();
  const showUndo = useShowUndo();
  const newest = useRead<Message>(`/messages/${messageId}`);
  const versions = useList<ListedVersion>(`/messages/${messageId}/versions`);
  const { draft } = editing;
  const takeTheirs = (theirs: Message): void => {
    editing.begin(theirs);
    editing.save.reset();
    showUndo(t('messages.draft.theirsTaken'), () => editing.begin(theirs, draft));
    onClose();
  };
  return (
    <Modal opened onClose={onClose} size="min(960px, 100%)" title={t('messages.draft.title')}>
      {newest.error ? (
        <Problem error={newest.error} onRetry={() => void newest.refetch()} />
      ) : newest.data && !newest.isFetching ? (
        <>
          <p className={classes.lead}>
            {t('messages.draft.by', {
              version: newest.data.version,
              name: whoSaved(versions.items, newest.data.version) ?? t('messages.draft.somebody'),
            })}
          </p>
          <div className={classes.difference}>
            <ContentDifference
              before={newest.data.content}
              after={draft.content}
              rules={personalisationDifferences(
                newest.data.personalisation as Personalisation,
                draft.personalisation,
              )}
              none={t('messages.draft.same')}
            />
          </div>
          <Group justify="flex-end">
            <Button variant="default" data-autofocus onClick={onClose}>
              {t('messages.draft.later')}
            </Button>
            <Button variant="default" onClick={() => newest.data && takeTheirs(newest.data)}>
              {t('messages.draft.takeTheirs')}
            </Button>
            <Button
              onClick={() => {
                editing.saveOver(newest.data);
                onClose();
              }}
            >
              {t('messages.draft.saveMine')}
            </Button>
          </Group>
        </>
      ) : (
        <SkeletonBlock height={240} />
      )}
    </Modal>
  );
}

function whoSaved(versions: readonly ListedVersion[], version: number): string | null {
  return versions.find((each) => each.version === version)?.created_by ?? null;
}
