import { Button } from '@mantine/core';
import type { Tag } from '@perennial/contracts';
import {
  BulkBar,
  EmptyState,
  FilterRow,
  Page,
  PageHeader,
  SearchField,
  TableViewMenu,
  useTableSelection,
  useTableView,
} from '@perennial/ui';
import { IconArrowMerge, IconPlus, IconSearchOff, IconTags, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useList } from '../../app/data.ts';
import { ListTable } from '../../app/ListTable.tsx';
import { useRight } from '../../app/session.ts';
import { useText } from '../../app/text.tsx';
import { useUrlState } from '../../app/use-url-state.ts';
import { MergeTags } from './MergeTags.tsx';
import { NewTag } from './NewTag.tsx';
import { RenameTag } from './RenameTag.tsx';
import { tagColumns } from './tag-columns.tsx';
import { useDeleteTags } from './use-delete-tags.ts';

type Asking = { what: 'new' } | { what: 'rename'; tag: Tag } | { what: 'merge'; tags: Tag[] };

/** All tags of the workspace: what has them, renaming, merging, deleting. */
export function TagsPage() {
  const t = useText();
  const mayMake = useRight('messages.write');
  const mayChange = useRight('settings.write');
  const [{ search }, setState] = useUrlState({ search: '' });
  const [asking, setAsking] = useState<Asking>();
  const selection = useTableSelection();
  const list = useList<Tag>('/tags', { query: { limit: 500, search: search || null } });
  const remove = useDeleteTags();
  const actions = {
    rename: (tag: Tag) => setAsking({ what: 'rename', tag }),
    merge: (tag: Tag) => setAsking({ what: 'merge', tags: [tag] }),
    remove: (tag: Tag) => remove([tag]),
  };
  const columns = tagColumns(t, mayChange ? { actions } : {});
  const view = useTableView('tags', columns);
  const chosen = list.items.filter(({ id }) => selection.keys.has(id));
  const add = mayMake ? (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setAsking({ what: 'new' })}>
      {t('tags.new')}
    </Button>
  ) : null;
  const close = () => setAsking(undefined);
  return (
    <Page
      layout="fill"
      header={
        <PageHeader
          title={t('tags.page')}
          count={list.first && !list.hasMore ? list.items.length : null}
          detail={t('tags.detail')}
          actions={add}
        />
      }
    >
      <FilterRow end={<TableViewMenu view={view} />}>
        <SearchField
          label={t('tags.search')}
          value={search}
          onChange={(value) => setState({ search: value })}
        />
      </FilterRow>
      <ListTable
        label={t('tags.page')}
        view={view}
        list={list}
        rowKey={(tag) => tag.id}
        {...(mayChange && {
          selection,
          onOpen: (tag: Tag) => setAsking({ what: 'rename', tag }),
        })}
        empty={
          search ? (
            <EmptyState icon={IconSearchOff} title={t('tags.noMatch')} />
          ) : (
            <EmptyState icon={IconTags} title={t('tags.empty.title')} actions={add}>
              {t('tags.empty.detail')}
            </EmptyState>
          )
        }
      />
      <BulkBar selection={selection} count={chosen.length}>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconArrowMerge size={16} />}
          onClick={() => setAsking({ what: 'merge', tags: chosen })}
        >
          {t('tags.merge')}
        </Button>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconTrash size={16} />}
          onClick={() => {
            remove(chosen);
            selection.clear();
          }}
        >
          {t('tags.delete')}
        </Button>
      </BulkBar>
      {asking?.what === 'new' ? <NewTag onClose={close} /> : null}
      {asking?.what === 'rename' ? <RenameTag tag={asking.tag} onClose={close} /> : null}
      {asking?.what === 'merge' ? (
        <MergeTags tags={asking.tags} onClose={close} onMerged={selection.clear} />
      ) : null}
    </Page>
  );
}
