import { Button } from '@mantine/core';
import type { ContentBlock } from '@perennial/contracts';
import {
  Copyable,
  EmptyState,
  FilterRow,
  Page,
  PageHeader,
  SearchField,
  TableViewMenu,
  Time,
  useTableView,
  type Column,
} from '@perennial/ui';
import { IconPlus, IconSearchOff, IconTemplate } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { FormattedNumber } from 'react-intl';
import { useList } from '../../app/data.ts';
import { ListTable } from '../../app/ListTable.tsx';
import { useRight } from '../../app/session.ts';
import { useText, type Say } from '../../app/text.tsx';
import { useGo } from '../../app/use-to.ts';
import { useUrlState } from '../../app/use-url-state.ts';
import { includeOf, parts } from './block-draft.ts';
import { NewBlock } from './NewBlock.tsx';

/** Parts that messages share. */
export function BlocksPage() {
  const t = useText();
  const go = useGo();
  const mayWrite = useRight('messages.write');
  const [{ search }, setState] = useUrlState({ search: '' });
  const [isNew, setNew] = useState(false);
  const columns = useMemo(() => blockColumns(t), [t]);
  const view = useTableView('content-blocks', columns);
  const blocks = useList<ContentBlock>('/content_blocks', { query: { limit: 500 } });
  const shown = blocks.items.filter((block) => matches(block, search));
  const add = mayWrite ? (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setNew(true)}>
      {t('blocks.new')}
    </Button>
  ) : null;
  return (
    <Page
      layout="fill"
      header={
        <PageHeader
          title={t('blocks.title')}
          count={blocks.first ? shown.length : null}
          actions={add}
        />
      }
    >
      <FilterRow end={<TableViewMenu view={view} />}>
        <SearchField
          label={t('blocks.search')}
          value={search}
          onChange={(value) => setState({ search: value })}
        />
      </FilterRow>
      <ListTable
        label={t('blocks.title')}
        view={view}
        list={blocks}
        rows={shown}
        rowKey={({ id }) => id}
        onOpen={({ id }) => go(`content-blocks/${id}`)}
        empty={
          blocks.items.length > 0 ? (
            <EmptyState icon={IconSearchOff} title={t('blocks.noMatch')} />
          ) : (
            <EmptyState icon={IconTemplate} title={t('blocks.empty.title')} actions={add}>
              {t('blocks.empty.detail')}
            </EmptyState>
          )
        }
      />
      {isNew ? <NewBlock onClose={() => setNew(false)} /> : null}
    </Page>
  );
}

function matches({ name, key, tags }: ContentBlock, search: string): boolean {
  const wanted = search.toLocaleLowerCase();
  return [name, key, ...tags].some((text) => text.toLocaleLowerCase().includes(wanted));
}

function blockColumns(t: Say): Column<ContentBlock>[] {
  return [
    {
      id: 'name',
      header: t('blocks.column.name'),
      width: 220,
      grow: 3,
      fixed: true,
      phone: 'title',
      cell: ({ name }) => (
        <span dir="auto" style={{ fontWeight: 500 }}>
          {name}
        </span>
      ),
    },
    {
      id: 'key',
      header: t('blocks.column.key'),
      width: 220,
      grow: 1,
      phone: 'meta',
      cell: (block) => <Copyable value={includeOf(block)} mono />,
    },
    {
      id: 'parts',
      header: t('blocks.column.parts'),
      width: 170,
      cell: ({ content, default_language: language }) =>
        parts
          .filter((part) => content[language]?.[part] !== undefined)
          .map((part) => t(`blocks.part.${part}`))
          .join(', '),
    },
    {
      id: 'languages',
      header: t('blocks.column.languages'),
      width: 110,
      cell: ({ content, default_language: first }) =>
        [first, ...Object.keys(content).filter((tag) => tag !== first)].join(', '),
    },
    {
      id: 'tags',
      header: t('blocks.column.tags'),
      width: 120,
      grow: 1,
      cell: ({ tags }) => tags.join(', '),
    },
    {
      id: 'messages',
      header: t('blocks.column.messages'),
      width: 100,
      align: 'end',
      cell: ({ messages }) => <FormattedNumber value={messages} />,
    },
    {
      id: 'updated',
      header: t('blocks.column.updated'),
      width: 120,
      align: 'end',
      phone: 'end',
      cell: (block) => <Time at={block.updated_at} />,
    },
  ];
}
