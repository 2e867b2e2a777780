import { Anchor, Button, Tooltip } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { BlockVariants, Variant } from '@perennial/contracts';
import { StatusBadge } from '@perennial/ui';
import { FormattedNumber, useIntl } from 'react-intl';
import { Link } from 'react-router';
import { useChange } from '../../../app/data.ts';
import { useRight } from '../../../app/session.ts';
import { useShowProblem } from '../../../app/show-problem.ts';
import { useText } from '../../../app/text.tsx';
import { useTo } from '../../../app/use-to.ts';
import { MessagePicture } from '../../messages/library/MessagePicture.tsx';
import { OTHERS_COLOUR, shareSeries } from './share-series.ts';
import { useWindowWords } from './use-window-words.ts';
import classes from './Variants.module.css';

interface VariantsTableProps {
  path: string;
  block: BlockVariants;
}

/** The messages beside each other, the likely best first. */
export function VariantsTable({ path, block }: VariantsTableProps) {
  const t = useText();
  const windowWords = useWindowWords();
  const maySteer = useRight('workflows.launch');
  const { variants } = block;
  const known = variants.filter(({ settled }) => settled > 0);
  const scale = Math.max(0.01, ...known.map(({ interval }) => interval[1]));
  const colours = new Map(shareSeries(block).map(({ message, colour }) => [message, colour]));
  return (
    <>
      <div className={classes.wide}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{t('variants.column.message')}</th>
              <th scope="col">{t('variants.column.chosen')}</th>
              <th scope="col">{t('variants.column.succeeded')}</th>
              <th scope="col">{t('variants.column.rate')}</th>
              <Explained head="variants.column.best" />
              <Explained head="variants.column.next" />
              {maySteer ? <th aria-label={t('variants.pause')} /> : null}
            </tr>
          </thead>
          <tbody>
            {variants.map((variant) => (
              <tr key={variant.message} data-quiet={variant.use === 'chosen' ? undefined : true}>
                <td>
                  <Name
                    variant={variant}
                    channel={block.channel}
                    colour={colours.get(variant.message) ?? OTHERS_COLOUR}
                  />
                </td>
                <td>
                  <FormattedNumber value={variant.chosen} />
                  {variant.open > 0 ? (
                    <div className={classes.second}>
                      {t('variants.openWindows', { n: variant.open })}
                    </div>
                  ) : null}
                </td>
                <td>
                  <FormattedNumber value={variant.succeeded} />
                  <div className={classes.second}>
                    {t('variants.settled', { n: variant.settled })}
                  </div>
                </td>
                <td>
                  <Rate variant={variant} scale={scale} />
                </td>
                <td>
                  <Share value={variant.best} />
                </td>
                <td>
                  <Share value={variant.probability} />
                </td>
                {maySteer ? (
                  <td>
                    <PauseButton path={path} variant={variant} />
                  </td>
                ) : null}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className={`${classes.note} ${classes.below}`}>
        {t('variants.note', { window: windowWords(block.goal.within_ms) })}
      </p>
    </>
  );
}

function Explained({ head }: { head: 'variants.column.best' | 'variants.column.next' }) {
  const t = useText();
  return (
    <th scope="col">
      <Tooltip label={t(`${head}.hint`)} multiline w={220}>
        <span tabIndex={0}>{t(head)}</span>
      </Tooltip>
    </th>
  );
}

interface NameProps {
  variant: Variant;
  channel: string;
  colour: string;
}

function Name({ variant, channel, colour }: NameProps) {
  const t = useText();
  const to = useTo();
  const { message: id, name, version, default_language, use } = variant;
  return (
    <span className={classes.message}>
      <span className={classes.thumb}>
        <MessagePicture message={{ id, channel, version, default_language }} />
      </span>
      <span className={classes.name}>
        <span className={classes.named}>
          <span className={classes.dot} style={{ background: colour }} aria-hidden />
          <Anchor component={Link} to={to(`messages/${id}`)} inherit dir="auto">
            {name}
          </Anchor>
        </span>
        {use === 'paused' ? (
          <StatusBadge tone="warning" variant="soft">
            {t('variants.paused')}
          </StatusBadge>
        ) : null}
        {use === 'gone' ? (
          <Tooltip label={t('variants.gone.hint')}>
            <span tabIndex={0}>
              <StatusBadge tone="neutral" variant="soft">
                {t('variants.gone')}
              </StatusBadge>
            </span>
          </Tooltip>
        ) : null}
      </span>
    </span>
  );
}

interface RateProps {
  variant: Variant;
  /** The rate at the end of the line. */
  scale: number;
}

function Rate({ variant: { rate, interval, settled }, scale }: RateProps) {
  const t = useText();
  const intl = useIntl();
  if (rate === null || settled === 0) {
    return <span className={classes.label}>{t('variants.none')}</span>;
  }
  const percent = (value: number) =>
    intl.formatNumber(value, { style: 'percent', maximumFractionDigits: 1 });
  const [low, high] = interval;
  const at = (value: number) => `${(Math.min(value, scale) / scale) * 100}%`;
  return (
    <div className={classes.interval}>
      <span>
        {percent(rate)}{' '}
        <span className={classes.second}>
          {percent(low)} – {percent(high)}
        </span>
      </span>
      <span className={classes.whisker} aria-hidden>
        <span style={{ insetInlineStart: at(low), inlineSize: at(high - low) }} />
        <i style={{ insetInlineStart: at(rate) }} />
      </span>
    </div>
  );
}

function Share({ value }: { value: number | null }) {
  if (value === null) return <>–</>;
  return <FormattedNumber value={value} style="percent" maximumFractionDigits={1} />;
}

function PauseButton({ path, variant }: { path: string; variant: Variant }) {
  const t = useText();
  const showProblem = useShowProblem();
  const { message, name, use } = variant;
  const verb = use === 'paused' ? 'resume' : 'pause';
  const change = useChange((api) => api.post(`${path}/${message}/${verb}`), ['/workflows']);
  if (use === 'gone') return null;
  return (
    <Button
      size="xs"
      variant="default"
      aria-label={t(`variants.${verb}This`, { name })}
      loading={change.isPending}
      onClick={() =>
        change.mutate(undefined, {
          onSuccess: () =>
            notifications.show({
              message: t(verb === 'pause' ? 'variants.wasPaused' : 'variants.wasResumed', { name }),
            }),
          onError: showProblem,
        })
      }
    >
      {t(`variants.${verb}`)}
    </Button>
  );
}
