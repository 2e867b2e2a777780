import { Button } from '@mantine/core';
import type { Field, FieldConflictCount, FieldGroup } from '@perennial/contracts';
import {
  EmptyState,
  FilterChip,
  FilterRow,
  Page,
  PageHeader,
  SearchField,
  SkeletonLines,
  SplitView,
} from '@perennial/ui';
import { IconPlus, IconSearchOff } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useList } from '../../app/data.ts';
import { Problem } from '../../app/Problem.tsx';
import { useRight } from '../../app/session.ts';
import { useText } from '../../app/text.tsx';
import { useUrlState } from '../../app/use-url-state.ts';
import { FieldForm } from './fields/FieldForm.tsx';
import { FieldInspector } from './fields/FieldInspector.tsx';
import { FieldRow } from './fields/FieldRow.tsx';
import { FieldShelves } from './fields/FieldShelves.tsx';
import { GroupHead } from './fields/GroupHead.tsx';
import { NewGroup } from './fields/NewGroup.tsx';
import { useArrangement } from './fields/use-arrangement.ts';
import classes from './fields/Fields.module.css';

/** What a contact can hold: custom fields in their groups, then those that every workspace has. */
export function FieldsPage() {
  const t = useText();
  const mayWrite = useRight('settings.write');
  const mayRead = useRight('contacts.read');
  const [state, setState] = useUrlState({ search: '', archived: '', open: '' });
  const [editing, setEditing] = useState<Field | 'new' | null>(null);
  const fields = useList<Field>('/fields', {
    query: { limit: 500, archived: state.archived === 'shown' ? 'true' : 'false' },
  });
  const groups = useList<FieldGroup>('/fields/groups');
  const counts = useList<FieldConflictCount>('/fields/conflicts/summary', { enabled: mayRead });
  const conflicts = useMemo(
    () => new Map(counts.items.map((row) => [row.field, row.conflicts])),
    [counts.items],
  );
  const wanted = state.search.toLocaleLowerCase();
  const found = useMemo(
    () =>
      fields.items.filter((field) =>
        `${field.label} ${field.key}`.toLocaleLowerCase().includes(wanted),
      ),
    [fields.items, wanted],
  );
  const custom = useMemo(() => found.filter((field) => !field.system), [found]);
  const shownGroups = wanted
    ? groups.items.filter((group) => custom.some((field) => field.group === group.name))
    : groups.items;
  const [shelves, arrange] = useArrangement(groups.items, custom);
  const shown = wanted
    ? shelves.filter(
        (shelf) =>
          shelf.fields.length > 0 && (shelf.group === null || shownGroups.includes(shelf.group)),
      )
    : shelves;
  const system = found.filter((field) => field.system);
  const open = (field: Field) => setState({ open: state.open === field.key ? '' : field.key });
  const picked = fields.items.find((field) => field.key === state.open);
  return (
    <Page
      layout="fill"
      header={
        <PageHeader
          title={t('app.settings.fields')}
          count={fields.first ? found.length : null}
          detail={t('settings.fields.detail')}
          actions={
            mayWrite ? (
              <>
                <NewGroup />
                <Button leftSection={<IconPlus size={16} />} onClick={() => setEditing('new')}>
                  {t('settings.fields.new')}
                </Button>
              </>
            ) : null
          }
        />
      }
    >
      <FilterRow>
        <SearchField
          label={t('settings.fields.search')}
          value={state.search}
          onChange={(search) => setState({ search })}
        />
        <FilterChip
          single
          label={t('settings.fields.archivedOnes')}
          unset={t('settings.fields.archivedOnes.hidden')}
          value={state.archived ? [state.archived] : []}
          onChange={([archived]) => setState({ archived: archived ?? '' })}
          options={[{ value: 'shown', label: t('settings.fields.archivedOnes.shown') }]}
        />
      </FilterRow>
      {fields.error && fields.items.length === 0 ? (
        <Problem error={fields.error} onRetry={fields.retry} />
      ) : (
        <SplitView
          name="fields"
          width={420}
          onCloseSide={() => setState({ open: '' })}
          side={
            picked ? (
              <FieldInspector
                key={picked.key}
                field={picked}
                onEdit={() => setEditing(picked)}
                onClose={() => setState({ open: '' })}
              />
            ) : null
          }
        >
          <div className={classes.list}>
            {fields.loading ? <SkeletonLines lines={12} /> : null}
            {fields.first && found.length === 0 ? (
              <EmptyState icon={IconSearchOff} title={t('settings.fields.noMatch')} />
            ) : null}
            <FieldShelves
              shelves={fields.first && groups.first ? shown : []}
              // Moved among a part of them, they would land in the wrong place.
              onArrange={mayWrite && !wanted ? arrange : undefined}
              open={state.open}
              onOpen={open}
              conflicts={conflicts}
            />
            {system.length > 0 ? (
              <section>
                <GroupHead
                  group={null}
                  title={t('settings.fields.everyWorkspace')}
                  count={system.length}
                />
                {system.map((field) => (
                  <FieldRow
                    key={field.key}
                    field={field}
                    active={state.open === field.key}
                    conflicts={conflicts.get(field.key) ?? 0}
                    onOpen={() => open(field)}
                  />
                ))}
              </section>
            ) : null}
          </div>
        </SplitView>
      )}
      {editing ? (
        <FieldForm field={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />
      ) : null}
    </Page>
  );
}
