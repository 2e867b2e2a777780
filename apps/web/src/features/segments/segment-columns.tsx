import type { ListedSegment } from '@perennial/contracts';
import { Copyable, Time, type Column } from '@perennial/ui';
import { FormattedNumber } from 'react-intl';
import type { Say } from '../../app/text.tsx';
import { TagsCell } from '../tags/TagsCell.tsx';
import { causeWord } from './cause-word.ts';
import { SegmentState } from './SegmentState.tsx';
import { UsedBy } from './UsedBy.tsx';
import { SizeSparkline } from './SizeSparkline.tsx';
import classes from './Segments.module.css';

/** What can be shown of a segment in the list of them; `sizes` by day, by their IDs. */
export function segmentColumns(
  t: Say,
  sizes: ReadonlyMap<string, readonly number[]>,
  { mayWrite }: { mayWrite: boolean },
): Column<ListedSegment>[] {
  return [
    {
      id: 'name',
      header: t('segments.column.name'),
      width: 190,
      grow: 3,
      fixed: true,
      sort: 'name',
      phone: 'title',
      cell: ({ name }) => (
        <span className={classes.name} dir="auto">
          {name}
        </span>
      ),
    },
    {
      id: 'size',
      header: t('segments.column.size'),
      width: 96,
      align: 'end',
      sort: 'size',
      phone: 'end',
      cell: ({ size }) => <FormattedNumber value={size} />,
    },
    {
      id: 'days',
      header: t('segments.column.days'),
      width: 118,
      yields: 1,
      cell: ({ id }) => <SizeSparkline sizes={sizes.get(id)} />,
    },
    {
      id: 'kind',
      header: t('segments.column.kind'),
      width: 84,
      phone: 'meta',
      cell: ({ kind }) => t(`segments.kind.${kind}`),
    },
    {
      id: 'state',
      header: t('segments.column.state'),
      width: 132,
      cell: (segment) => <SegmentState segment={segment} computing={segment.computing} bare />,
    },
    {
      id: 'used',
      header: t('segments.column.used'),
      width: 130,
      grow: 1,
      cell: ({ used_by: uses }) => <UsedBy uses={uses} />,
    },
    {
      id: 'purpose',
      header: t('segments.column.purpose'),
      width: 150,
      grow: 3,
      yields: 3,
      phone: 'meta',
      cell: ({ purpose }) => (
        <span className={classes.muted} dir="auto">
          {purpose}
        </span>
      ),
    },
    {
      id: 'tags',
      header: t('segments.column.tags'),
      width: 140,
      grow: 1,
      yields: 2,
      cell: ({ id, name, tags }) => (
        <TagsCell path={`/segments/${id}`} name={name} tags={tags} readOnly={!mayWrite} />
      ),
    },
    {
      id: 'created',
      header: t('segments.column.created'),
      width: 110,
      optional: true,
      align: 'end',
      sort: 'created_at',
      cell: (segment) => <Time at={segment.created_at} />,
    },
    {
      id: 'changed',
      header: t('segments.column.changed'),
      width: 110,
      align: 'end',
      sort: 'changed_at',
      cell: (segment) => <Time at={segment.changed_at} />,
    },
    {
      id: 'source',
      header: t('segments.column.source'),
      width: 120,
      optional: true,
      cell: ({ source }) => causeWord(source, t),
    },
    {
      id: 'key',
      header: t('segments.column.key'),
      width: 150,
      optional: true,
      cell: ({ key }) => <Copyable value={key} mono />,
    },
    {
      id: 'id',
      header: t('segments.column.id'),
      width: 80,
      align: 'end',
      optional: true,
      cell: ({ id }) => <Copyable value={id} mono />,
    },
  ];
}
