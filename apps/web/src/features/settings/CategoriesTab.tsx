import { ActionIcon, Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { Category } from '@perennial/contracts';
import { Copyable, EmptyState, StatusBadge, useTableView, type Column } from '@perennial/ui';
import { IconArrowDown, IconArrowUp, IconTags } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { FormattedNumber } from 'react-intl';
import { useChange, type ListRead } from '../../app/data.ts';
import { ListTable } from '../../app/ListTable.tsx';
import { useRight } from '../../app/session.ts';
import { useShowProblem } from '../../app/show-problem.ts';
import { useText, type Say } from '../../app/text.tsx';
import { CategoryForm } from './CategoryForm.tsx';
import { moved } from './moved.ts';
import classes from './Settings.module.css';

/** What contacts opt in to and out of, in the order in which they see it. */
export function CategoriesTab({ categories }: { categories: ListRead<Category> }) {
  const t = useText();
  const mayWrite = useRight('settings.write');
  const [editing, setEditing] = useState<Category | null>(null);
  const ordered = useMemo(
    () => categories.items.toSorted((a, b) => Number(isArchived(a)) - Number(isArchived(b))),
    [categories.items],
  );
  const columns = useMemo(() => categoryColumns(t, ordered, mayWrite), [t, ordered, mayWrite]);
  const view = useTableView('categories', columns);
  return (
    <>
      <ListTable
        label={t('settings.consent.tab.categories')}
        view={view}
        list={categories}
        rows={ordered}
        rowKey={({ id }) => id}
        onOpen={(category) => {
          if (mayWrite) setEditing(category);
        }}
        empty={
          <EmptyState icon={IconTags} title={t('settings.categories.empty.title')}>
            {t('settings.categories.empty.detail')}
          </EmptyState>
        }
      />
      {editing ? <CategoryForm category={editing} onClose={() => setEditing(null)} /> : null}
    </>
  );
}

function isArchived({ archived_at }: Category): boolean {
  return archived_at !== null;
}

function categoryColumns(
  t: Say,
  ordered: readonly Category[],
  mayWrite: boolean,
): Column<Category>[] {
  return [
    {
      id: 'name',
      header: t('settings.categories.column.name'),
      width: 260,
      grow: 2,
      fixed: true,
      phone: 'title',
      cell: ({ name, description }) => (
        <span dir="auto" title={description || undefined}>
          <span className={classes.strong}>{name}</span>
          {description ? <span className={classes.muted}> · {description}</span> : null}
        </span>
      ),
    },
    {
      id: 'key',
      header: t('settings.categories.column.key'),
      width: 150,
      cell: ({ key }) => <Copyable value={key} mono />,
    },
    {
      id: 'default',
      header: t('settings.categories.column.default'),
      width: 230,
      phone: 'meta',
      cell: ({ default_subscribed: isDefault }) =>
        t(
          isDefault ? 'settings.categories.default.everybody' : 'settings.categories.default.asked',
        ),
    },
    {
      id: 'subscribed',
      header: t('settings.categories.column.subscribed'),
      width: 120,
      align: 'end',
      cell: ({ subscribed, subscribed_exact: isExact }) => (
        <span title={isExact ? undefined : t('settings.categories.estimate')}>
          {isExact ? '' : '≈ '}
          <FormattedNumber value={subscribed} />
        </span>
      ),
    },
    {
      id: 'actions',
      header: '',
      width: 220,
      align: 'end',
      fixed: true,
      phone: 'end',
      cell: (category) => <RowActions category={category} ordered={ordered} mayWrite={mayWrite} />,
    },
  ];
}

function RowActions({
  category,
  ordered,
  mayWrite,
}: {
  category: Category;
  ordered: readonly Category[];
  mayWrite: boolean;
}) {
  const t = useText();
  const showProblem = useShowProblem();
  const archived = isArchived(category);
  const change = useChange(
    (api, next: boolean) => api.patch(`/categories/${category.id}`, { archived: next }),
    ['/categories'],
  );
  const turn = () =>
    change.mutate(!archived, {
      onError: showProblem,
      onSuccess: () =>
        notifications.show({
          message: t(
            archived ? 'settings.categories.restoredToast' : 'settings.categories.archivedToast',
            { category: category.name },
          ),
        }),
    });
  return (
    <Group gap={4} justify="flex-end" wrap="nowrap">
      {archived ? (
        <StatusBadge tone="neutral" variant="soft">
          {t('settings.categories.archived')}
        </StatusBadge>
      ) : null}
      {mayWrite && !archived ? <MoveButtons category={category} ordered={ordered} /> : null}
      {mayWrite ? (
        <Button
          variant="subtle"
          color="gray"
          size="compact-xs"
          loading={change.isPending}
          onClick={turn}
        >
          {t(archived ? 'settings.categories.restore' : 'settings.categories.archive')}
        </Button>
      ) : null}
    </Group>
  );
}

function MoveButtons({ category, ordered }: { category: Category; ordered: readonly Category[] }) {
  const t = useText();
  const showProblem = useShowProblem();
  const current = ordered.filter((each) => !isArchived(each));
  const at = current.findIndex(({ id }) => id === category.id);
  const move = useChange(
    (api, by: 1 | -1) =>
      Promise.all(
        moved(current, at, by).map(({ id, position }) =>
          api.patch(`/categories/${id}`, { position }),
        ),
      ),
    ['/categories'],
  );
  const button = (by: 1 | -1, label: string, Icon: typeof IconArrowUp) => (
    <ActionIcon
      variant="subtle"
      color="gray"
      size="sm"
      aria-label={label}
      disabled={move.isPending || at + by < 0 || at + by >= current.length}
      onClick={() => move.mutate(by, { onError: showProblem })}
    >
      <Icon size={16} />
    </ActionIcon>
  );
  return (
    <>
      {button(-1, t('settings.categories.up', { category: category.name }), IconArrowUp)}
      {button(1, t('settings.categories.down', { category: category.name }), IconArrowDown)}
    </>
  );
}
