import { Anchor } from '@mantine/core';
import type { SegmentOverlap, SegmentVocabulary } from '@perennial/contracts';
import { EmptyState, Page, PageHeader, Panel, SkeletonBlock } from '@perennial/ui';
import { IconCirclesRelation } from '@tabler/icons-react';
import { FormattedNumber, useIntl } from 'react-intl';
import { Link } from 'react-router';
import { useRead } from '../../app/data.ts';
import { Problem } from '../../app/Problem.tsx';
import { useText } from '../../app/text.tsx';
import { useTo } from '../../app/use-to.ts';
import { splitChoices, useUrlState } from '../../app/use-url-state.ts';
import { FilterChip } from '@perennial/ui';
import { circlesOf, filterOfRegion, placeOf, regionsOf, sizeIn, type Region } from './venn.ts';
import classes from './Overlap.module.css';

const MOST = 3;

/** Who is in which of two or three segments; every number leads to the contacts. */
export function OverlapPage() {
  const t = useText();
  const to = useTo();
  const [state, setState] = useUrlState({ ids: '' });
  const ids = splitChoices(state.ids).slice(0, MOST);
  const vocabulary = useRead<SegmentVocabulary>('/segments/vocabulary');
  const segments = vocabulary.data?.segments ?? [];
  const nameOf = (id: string) => segments.find((each) => each.id === id)?.name ?? id;
  const ready = ids.length >= 2;
  const overlap = useRead<SegmentOverlap>('/segments/overlap', {
    query: { ids: ids.join(',') },
    enabled: ready,
  });
  return (
    <Page
      header={
        <PageHeader
          back={
            <Anchor component={Link} to={to('segments')} size="sm" c="dimmed">
              {t('app.contacts.segments')}
            </Anchor>
          }
          title={t('segments.overlap')}
          detail={t('segments.overlap.detail')}
        />
      }
    >
      <div className={classes.choose}>
        <FilterChip
          label={t('segments.overlap.of')}
          unset={t('segments.overlap.choose')}
          value={ids}
          onChange={(chosen) => setState({ ids: chosen.slice(-MOST).join(',') })}
          options={segments.map(({ id, name }) => ({ value: id, label: name }))}
        />
      </div>
      {!ready ? (
        <EmptyState icon={IconCirclesRelation} title={t('segments.overlap.empty')}>
          {t('segments.overlap.emptyDetail')}
        </EmptyState>
      ) : overlap.error ? (
        <Problem error={overlap.error} onRetry={() => void overlap.refetch()} />
      ) : overlap.data ? (
        <Regions ids={ids} regions={regionsOf(ids, overlap.data.regions)} nameOf={nameOf} />
      ) : (
        <SkeletonBlock height={340} />
      )}
    </Page>
  );
}

interface RegionsProps {
  ids: readonly string[];
  regions: readonly Region[];
  nameOf: (id: string) => string;
}

function Regions({ ids, regions, nameOf }: RegionsProps) {
  const t = useText();
  const intl = useIntl();
  const whole = regions.reduce((sum, { count }) => sum + count, 0);
  const nameOfRegion = (region: Region) =>
    region.in.length === ids.length
      ? t('segments.overlap.all')
      : t(region.in.length === 1 ? 'segments.overlap.only' : 'segments.overlap.both', {
          names: intl.formatList(region.in.map(nameOf)),
        });
  return (
    <div className={classes.halves}>
      <Panel>
        <Diagram ids={ids} regions={regions} nameOf={nameOf} nameOfRegion={nameOfRegion} />
      </Panel>
      <Panel flush>
        <table className={classes.table}>
          <tbody>
            {regions.map((region) => (
              <tr key={region.in.join()}>
                <th scope="row" dir="auto">
                  {nameOfRegion(region)}
                </th>
                <td>
                  <RegionLink region={region} ids={ids} />
                </td>
                <td className={classes.share}>
                  <FormattedNumber
                    value={whole === 0 ? 0 : region.count / whole}
                    style="percent"
                    maximumFractionDigits={1}
                  />
                </td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{t('segments.overlap.any')}</th>
              <td>
                <FormattedNumber value={whole} />
              </td>
              <td />
            </tr>
          </tfoot>
        </table>
      </Panel>
    </div>
  );
}

function RegionLink({ region, ids }: { region: Region; ids: readonly string[] }) {
  const to = useTo();
  return (
    <Anchor component={Link} to={contactsOf(to, region, ids)} inherit>
      <FormattedNumber value={region.count} />
    </Anchor>
  );
}

function contactsOf(to: (path: string) => string, region: Region, ids: readonly string[]): string {
  const filter = encodeURIComponent(filterOfRegion(region, ids));
  return to(`contacts?identified=all&filter=${filter}`);
}

interface DiagramProps extends RegionsProps {
  nameOfRegion: (region: Region) => string;
}

/** Circles that say who is in which; the numbers say how many. */
function Diagram({ ids, regions, nameOf, nameOfRegion }: DiagramProps) {
  const intl = useIntl();
  const to = useTo();
  const circles = circlesOf(ids.length);
  const height = ids.length === 3 ? 340 : 290;
  return (
    <svg className={classes.diagram} viewBox={`0 0 400 ${height}`} role="group">
      {circles.map(({ x, y, r }, n) => (
        <circle key={ids[n]} cx={x} cy={y} r={r} className={classes.circle} data-n={n} />
      ))}
      {circles.map(({ x, y, r }, n) => (
        <text
          key={ids[n]}
          x={n === 0 ? x - 30 : n === 1 ? x + 30 : x}
          y={n === 2 ? y + r + 22 : y - r - 8}
          className={classes.name}
          data-n={n}
        >
          {short(nameOf(ids[n]!))} · {intl.formatNumber(sizeIn(ids[n]!, regions))}
        </text>
      ))}
      {regions.map((region) => {
        const { x, y } = placeOf(region, ids);
        return (
          <Link key={region.in.join()} to={contactsOf(to, region, ids)} className={classes.number}>
            <title>{nameOfRegion(region)}</title>
            <text x={x} y={y} dominantBaseline="central">
              {intl.formatNumber(region.count)}
            </text>
          </Link>
        );
      })}
    </svg>
  );
}

/** As much of a name as fits over a circle; the table beside has the whole. */
function short(name: string): string {
  return name.length > 22 ? `${name.slice(0, 21)}…` : name;
}
