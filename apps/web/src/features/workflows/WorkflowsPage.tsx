import { Button } from '@mantine/core';
import type { WorkflowListItem } from '@perennial/contracts';
import {
  Copyable,
  EmptyState,
  FilterChip,
  FilterRow,
  Page,
  PageHeader,
  SearchField,
  StatusBadge,
  TableViewMenu,
  Time,
  useTableView,
  type Column,
} from '@perennial/ui';
import { IconPlus, IconSearchOff, IconSitemap } from '@tabler/icons-react';
import { useMemo } from 'react';
import { FormattedNumber } from 'react-intl';
import { Link } from 'react-router';
import { useList } from '../../app/data.ts';
import { hasWords } from '../../app/has-words.ts';
import { ListTable } from '../../app/ListTable.tsx';
import { useRight } from '../../app/session.ts';
import { useText, type Say } from '../../app/text.tsx';
import { useGo, useTo } from '../../app/use-to.ts';
import { splitChoices, useUrlState } from '../../app/use-url-state.ts';
import { hasTag } from '../tags/has-tag.ts';
import { TagFilter } from '../tags/TagFilter.tsx';
import { TagsCell } from '../tags/TagsCell.tsx';
import { workflowStates, workflowTones } from './workflow-state.ts';
import classes from './Workflows.module.css';

export function WorkflowsPage() {
  const t = useText();
  const go = useGo();
  const mayWrite = useRight('workflows.write');
  const [{ search, state, tag }, setState] = useUrlState({ search: '', state: '', tag: '' });
  const columns = useMemo(() => workflowColumns(t, mayWrite), [t, mayWrite]);
  const view = useTableView('workflows', columns);
  const workflows = useList<WorkflowListItem>('/workflows', {
    query: { limit: 500 },
    every: 10_000,
  });
  const chosen = splitChoices(state);
  const shown = workflows.items.filter(
    (workflow) =>
      hasWords([workflow.name, workflow.key, ...workflow.tags], search) &&
      hasTag(workflow, tag) &&
      (chosen.length === 0 || chosen.includes(workflow.state)),
  );
  return (
    <Page
      layout="fill"
      header={
        <PageHeader
          title={t('app.workflows')}
          count={workflows.first ? shown.length : null}
          actions={<NewWorkflowButton />}
        />
      }
    >
      <FilterRow end={<TableViewMenu view={view} />}>
        <SearchField
          label={t('workflows.search')}
          value={search}
          onChange={(value) => setState({ search: value })}
        />
        <FilterChip
          label={t('workflows.filter.state')}
          value={chosen}
          onChange={(value) => setState({ state: value.join(',') })}
          options={workflowStates.map((each) => ({
            value: each,
            label: t(`workflows.state.${each}`),
            count: workflows.items.filter((workflow) => workflow.state === each).length,
          }))}
        />
        <TagFilter kind="workflow" value={tag} onChange={(next) => setState({ tag: next })} />
      </FilterRow>
      <ListTable
        label={t('app.workflows')}
        view={view}
        list={workflows}
        rows={shown}
        rowKey={(workflow) => workflow.id}
        onOpen={(workflow) => go(`workflows/${workflow.id}`)}
        empty={
          workflows.items.length > 0 ? (
            <EmptyState icon={IconSearchOff} title={t('workflows.noMatch')} />
          ) : (
            <EmptyState
              icon={IconSitemap}
              title={t('workflows.empty.title')}
              actions={<NewWorkflowButton />}
            >
              {t('workflows.empty.detail')}
            </EmptyState>
          )
        }
      />
    </Page>
  );
}

function NewWorkflowButton() {
  const t = useText();
  const to = useTo();
  if (!useRight('workflows.write')) return null;
  return (
    <Button component={Link} to={to('workflows/new')} leftSection={<IconPlus size={16} />}>
      {t('workflows.new')}
    </Button>
  );
}

function workflowColumns(t: Say, mayWrite: boolean): Column<WorkflowListItem>[] {
  return [
    {
      id: 'name',
      header: t('workflows.column.name'),
      width: 240,
      grow: 3,
      fixed: true,
      phone: 'title',
      cell: ({ name }) => (
        <span dir="auto" className={classes.name}>
          {name}
        </span>
      ),
    },
    {
      id: 'state',
      header: t('workflows.column.state'),
      width: 110,
      phone: 'end',
      cell: ({ state }) => (
        <StatusBadge tone={workflowTones[state]} live={state === 'active'}>
          {t(`workflows.state.${state}`)}
        </StatusBadge>
      ),
    },
    {
      id: 'running',
      header: t('workflows.column.running'),
      width: 90,
      align: 'end',
      cell: ({ running }) => <FormattedNumber value={running} />,
    },
    {
      id: 'version',
      header: t('workflows.column.version'),
      width: 190,
      grow: 1,
      phone: 'meta',
      cell: ({ published_version: version, changed }) => (
        <span className={classes.muted}>
          {version === null ? t('workflows.notPublished') : t('workflows.version', { version })}
          {changed && version !== null ? ` · ${t('workflows.changed')}` : ''}
        </span>
      ),
    },
    {
      id: 'tags',
      header: t('workflows.column.tags'),
      width: 150,
      grow: 1,
      yields: 1,
      cell: ({ id, name, tags }) => (
        <TagsCell path={`/workflows/${id}`} name={name} tags={tags} readOnly={!mayWrite} />
      ),
    },
    {
      id: 'key',
      header: t('workflows.column.key'),
      width: 150,
      optional: true,
      cell: ({ key }) => <Copyable value={key} mono />,
    },
    {
      id: 'activated',
      header: t('workflows.column.activated'),
      width: 110,
      align: 'end',
      optional: true,
      cell: (workflow) => <Time at={workflow.activated_at} />,
    },
    {
      id: 'updated',
      header: t('workflows.column.updated'),
      width: 110,
      align: 'end',
      cell: (workflow) => <Time at={workflow.updated_at} />,
    },
  ];
}
