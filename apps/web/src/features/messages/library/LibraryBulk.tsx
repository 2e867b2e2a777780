import { Button } from '@mantine/core';
import type { ListedMessage } from '@perennial/contracts';
import { BulkBar, type TableSelection } from '@perennial/ui';
import { IconArchive, IconArchiveOff, IconTagPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { FormDialog } from '../../../app/FormDialog.tsx';
import { useText } from '../../../app/text.tsx';
import { TagsField } from '../../segments/TagsField.tsx';
import { InUseDialog } from './InUseDialog.tsx';
import { useMessageActions } from './use-message-actions.tsx';

interface LibraryBulkProps {
  selection: TableSelection;
  messages: readonly ListedMessage[];
  archived: boolean;
}

/** What can be done with several messages at once. */
export function LibraryBulk({ selection, messages, archived }: LibraryBulkProps) {
  const t = useText();
  const actions = useMessageActions();
  const [tags, setTags] = useState<string[]>();
  const chosen = messages.filter(({ id }) => selection.keys.has(id));
  const act = (what: () => void) => () => {
    what();
    selection.clear();
  };
  return (
    <>
      <BulkBar selection={selection} count={chosen.length}>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconTagPlus size={16} />}
          onClick={() => setTags([])}
        >
          {t('library.tag.add')}
        </Button>
        {archived ? (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconArchiveOff size={16} />}
            onClick={act(() => actions.bringBack(chosen))}
          >
            {t('library.restore')}
          </Button>
        ) : (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconArchive size={16} />}
            onClick={act(() => actions.archive(chosen))}
          >
            {t('library.archive')}
          </Button>
        )}
      </BulkBar>
      <InUseDialog actions={actions} />
      {tags === undefined ? null : (
        <FormDialog
          title={t('library.tag.add.title', { n: chosen.length })}
          action={t('library.tag.add')}
          ready={tags.length > 0}
          pending={actions.pending}
          onClose={() => setTags(undefined)}
          onSubmit={act(() => {
            actions.addTags(chosen, tags);
            setTags(undefined);
          })}
        >
          <TagsField
            label={t('tags.cell.label')}
            placeholder={t('tags.cell.placeholder')}
            value={tags}
            onChange={setTags}
          />
        </FormDialog>
      )}
    </>
  );
}
