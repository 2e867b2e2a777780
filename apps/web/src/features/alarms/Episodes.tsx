import { Alert } from '@mantine/core';
import type { Alarm, AlarmEpisode } from '@perennial/contracts';
import { Panel, Time } from '@perennial/ui';
import { IconBellRinging } from '@tabler/icons-react';
import { FormattedNumber } from 'react-intl';
import { FirstFew } from '../../app/FirstFew.tsx';
import { Rich, useText } from '../../app/text.tsx';
import classes from './Alarms.module.css';

/** So many show what they are like. */
export const EPISODES_SHOWN = 5;

interface OpenEpisodeProps {
  alarm: Alarm;
  episode: AlarmEpisode;
}

/** Why it is raised now, and how that ends. */
export function OpenEpisode({ alarm: { level, rule }, episode }: OpenEpisodeProps) {
  const t = useText();
  const { value, bound, raised_at: at } = episode;
  const direction = directionOf(episode);
  return (
    <Alert
      mb={20}
      color={level === 'alarm' ? 'red' : 'yellow'}
      variant="light"
      icon={<IconBellRinging size={16} />}
      title={t('alarms.open', { value, direction })}
    >
      <Rich
        id="alarms.open.detail"
        values={{
          direction,
          period: rule.period,
          bound: <FormattedNumber key="bound" value={bound} maximumFractionDigits={1} />,
          at: <Time key="at" at={at} style="exact" />,
        }}
      />
    </Alert>
  );
}

/** When it was raised, by which number, and until when. */
export function EpisodesPanel({ episodes }: { episodes: readonly AlarmEpisode[] }) {
  const t = useText();
  return (
    <Panel title={t('alarms.episodes')}>
      {episodes.length === 0 ? (
        <p className={classes.note}>{t('alarms.episodes.none')}</p>
      ) : (
        <FirstFew items={episodes} first={EPISODES_SHOWN}>
          {(shown) => (
            <ul className={`${classes.episodes} ${classes.alone}`}>
              {shown.map((episode) => (
                <li key={episode.id}>
                  <span>
                    <NumberAt at={episode.raised_at} {...episode} />
                  </span>
                  <span className={classes.until}>
                    <Until at={episode.ended_at} />
                  </span>
                </li>
              ))}
            </ul>
          )}
        </FirstFew>
      )}
    </Panel>
  );
}

function Until({ at }: { at: string | null }) {
  const t = useText();
  if (at === null) return t('alarms.episodes.open');
  return (
    <Rich id="alarms.episodes.until" values={{ at: <Time key="at" at={at} style="exact" /> }} />
  );
}

interface NumberAtProps {
  at: string;
  value: number;
  bound: number;
}

/** Which number was too small or too large, and when. */
export function NumberAt({ at, value, bound }: NumberAtProps) {
  return (
    <Rich
      id="alarms.would.at"
      values={{
        direction: directionOf({ value, bound }),
        at: <Time key="at" at={at} style="exact" />,
        value: <FormattedNumber key="value" value={value} />,
        bound: <FormattedNumber key="bound" value={bound} maximumFractionDigits={1} />,
      }}
    />
  );
}

/** That of its time: the rule may be another one by now. */
function directionOf({ value, bound }: Pick<AlarmEpisode, 'value' | 'bound'>): 'below' | 'above' {
  return value < bound ? 'below' : 'above';
}
