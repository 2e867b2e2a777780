import { ActionIcon, Anchor, Menu } from '@mantine/core';
import type { Tag } from '@perennial/contracts';
import { Time, type Column } from '@perennial/ui';
import { IconArrowMerge, IconDots, IconPencil, IconTrash } from '@tabler/icons-react';
import { FormattedNumber } from 'react-intl';
import { Link } from 'react-router';
import { useText, type Say } from '../../app/text.tsx';
import { useTo } from '../../app/use-to.ts';
import { tagKinds, type TagKind } from './tag-kinds.ts';
import classes from './Tags.module.css';

interface TagActions {
  rename: (tag: Tag) => void;
  merge: (tag: Tag) => void;
  remove: (tag: Tag) => void;
}

/** What is shown of a tag; without `actions` only that. */
export function tagColumns(t: Say, { actions }: { actions?: TagActions }): Column<Tag>[] {
  return [
    {
      id: 'name',
      header: t('tags.column.name'),
      width: 200,
      grow: 3,
      fixed: true,
      phone: 'title',
      cell: ({ name }) => (
        <span className={classes.name} dir="auto">
          {name}
        </span>
      ),
    },
    ...Object.keys(tagKinds).map((kind): Column<Tag> => ({
      id: kind,
      header: t(`tags.kind.${kind as TagKind}`),
      width: 104,
      align: 'end',
      cell: (tag) => <Uses tag={tag} kind={kind as TagKind} />,
    })),
    {
      id: 'uses',
      header: t('tags.column.all'),
      width: 84,
      align: 'end',
      phone: 'end',
      cell: ({ uses }) => <FormattedNumber value={uses} />,
    },
    {
      id: 'created',
      header: t('tags.column.created'),
      width: 110,
      align: 'end',
      optional: true,
      cell: ({ created_at: at }) => <Time at={at} />,
    },
    ...(actions
      ? [
          {
            id: 'actions',
            header: '',
            width: 48,
            fixed: true,
            align: 'end' as const,
            phone: 'action' as const,
            cell: (tag: Tag) => <TagMenu tag={tag} actions={actions} />,
          },
        ]
      : []),
  ];
}

/** How many things of a kind have the tag; leads to them. */
function Uses({ tag: { name, uses_by_kind: uses }, kind }: { tag: Tag; kind: TagKind }) {
  const t = useText();
  const to = useTo();
  const n = uses[kind] ?? 0;
  if (n === 0) return <span className={classes.zero}>0</span>;
  return (
    <Anchor
      component={Link}
      to={to(`${tagKinds[kind]}?tag=${encodeURIComponent(name)}`)}
      inherit
      aria-label={t('tags.show', { n, name, kind: t(`tags.kind.${kind}`) })}
    >
      <FormattedNumber value={n} />
    </Anchor>
  );
}

function TagMenu({ tag, actions }: { tag: Tag; actions: TagActions }) {
  const t = useText();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="sm"
          aria-label={t('tags.menu', { name: tag.name })}
        >
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown onClick={(event) => event.stopPropagation()}>
        <Menu.Item leftSection={<IconPencil size={16} />} onClick={() => actions.rename(tag)}>
          {t('tags.rename')}
        </Menu.Item>
        <Menu.Item leftSection={<IconArrowMerge size={16} />} onClick={() => actions.merge(tag)}>
          {t('tags.merge')}
        </Menu.Item>
        <Menu.Item leftSection={<IconTrash size={16} />} onClick={() => actions.remove(tag)}>
          {t('tags.delete')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
