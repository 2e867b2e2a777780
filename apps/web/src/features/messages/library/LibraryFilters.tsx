import { SegmentedControl, VisuallyHidden } from '@mantine/core';
import type { Category } from '@perennial/contracts';
import { ChannelIcon, FilterChip, FilterRow, SearchField, useChannelName } from '@perennial/ui';
import { IconLayoutGrid, IconTable } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useList } from '../../../app/data.ts';
import { useText } from '../../../app/text.tsx';
import { splitChoices } from '../../../app/use-url-state.ts';
import { TagFilter } from '../../tags/TagFilter.tsx';
import { languageName } from './language-name.ts';
import { messageChannels } from '../message.ts';
import type { LibraryState } from './use-library-state.ts';

export type LibraryView = 'gallery' | 'table';

interface LibraryFiltersProps {
  state: LibraryState;
  onState: (change: Partial<LibraryState>) => void;
  /** Languages that messages are written in. */
  languages: readonly string[];
  view: LibraryView;
  onView: (view: LibraryView) => void;
  /** Of the table alone. */
  menu: ReactNode;
}

const SORTS = ['-updated_at', 'name', '-last_sent_at', '-created_at'] as const;

/** Of `-name` the name. */
function withoutSign<Name extends string>(sort: `-${Name}` | Name): Name {
  return sort.replace('-', '') as Name;
}

/** What of the library is shown, in which order, and how. */
export function LibraryFilters(props: LibraryFiltersProps) {
  const { state, onState, languages, view, onView, menu } = props;
  const t = useText();
  const channelName = useChannelName();
  const categories = useList<Category>('/categories', { query: { limit: 500 } });
  const filters = [
    state.what,
    state.channel,
    state.tag,
    state.category,
    state.language,
    state.used,
  ];
  const active = filters.filter((value) => value !== '').length;
  const sorting = (
    <FilterChip
      single
      label={t('library.sort')}
      value={state.sort === SORTS[0] ? [] : [state.sort]}
      fallback={SORTS[0]}
      onChange={([sort]) => onState({ sort: sort ?? SORTS[0] })}
      options={SORTS.map((sort) => ({
        value: sort,
        label: t(`library.sort.${withoutSign(sort)}`),
      }))}
    />
  );
  return (
    <FilterRow
      active={active}
      end={
        <>
          {view === 'table' ? menu : sorting}
          <SegmentedControl
            size="xs"
            aria-label={t('library.view')}
            value={view}
            onChange={(next) => onView(next)}
            data={[
              { value: 'gallery', label: named(<IconLayoutGrid size={16} />, 'gallery') },
              { value: 'table', label: named(<IconTable size={16} />, 'table') },
            ]}
          />
        </>
      }
    >
      <SearchField
        label={t('library.search')}
        value={state.search}
        onChange={(search) => onState({ search })}
      />
      <FilterChip
        single
        label={t('library.filter.what')}
        value={state.what === '' ? [] : [state.what]}
        fallback="messages"
        onChange={([what]) => onState({ what: what ?? '' })}
        options={(['messages', 'templates', 'archived'] as const).map((what) => ({
          value: what,
          label: t(`library.what.${what}`),
        }))}
      />
      <FilterChip
        label={t('messages.library.channel')}
        value={splitChoices(state.channel)}
        onChange={(chosen) => onState({ channel: chosen.join(',') })}
        options={messageChannels.map((each) => ({
          value: each,
          label: channelName(each),
          icon: <ChannelIcon channel={each} />,
        }))}
      />
      <TagFilter kind="message" value={state.tag} onChange={(tag) => onState({ tag })} />
      {categories.items.length > 0 || state.category ? (
        <FilterChip
          single
          label={t('library.filter.category')}
          value={state.category === '' ? [] : [state.category]}
          onChange={([category]) => onState({ category: category ?? '' })}
          options={categories.items.map(({ key, name }) => ({ value: key, label: name }))}
        />
      ) : null}
      {languages.length > 1 || state.language ? (
        <FilterChip
          single
          label={t('library.filter.language')}
          value={state.language === '' ? [] : [state.language]}
          onChange={([language]) => onState({ language: language ?? '' })}
          options={languages.map((tag) => ({ value: tag, label: languageName(tag) }))}
        />
      ) : null}
      <FilterChip
        single
        label={t('library.filter.used')}
        value={state.used === '' ? [] : [state.used]}
        onChange={([used]) => onState({ used: used ?? '' })}
        options={(['true', 'false'] as const).map((used) => ({
          value: used,
          label: t(`library.filter.used.${used}`),
        }))}
      />
    </FilterRow>
  );

  function named(icon: ReactNode, which: LibraryView): ReactNode {
    return (
      <span style={{ display: 'flex' }} title={t(`library.view.${which}`)}>
        {icon}
        <VisuallyHidden>{t(`library.view.${which}`)}</VisuallyHidden>
      </span>
    );
  }
}
