import { Anchor } from '@mantine/core';
import type { Activity, EventDetail } from '@perennial/contracts';
import { Copyable, Fact, Facts, Inspector, JsonView, Time } from '@perennial/ui';
import { Link } from 'react-router';
import { useRead } from '../../app/data.ts';
import { useText } from '../../app/text.tsx';
import { useTo } from '../../app/use-to.ts';
import { DeliveryStatusBadge } from '../outbox/DeliveryStatusBadge.tsx';
import { notStartedWords } from '../workflows/not-started.ts';
import { activityWords, changeOf, changesOf, type CardWords } from './activity-words.ts';
import { ActivityIcon } from './ActivityLine.tsx';
import { SendDetails } from './SendDetails.tsx';
import classes from './ContactPage.module.css';

interface ActivityInspectorProps {
  item: Activity;
  cardWords: CardWords;
  onClose: () => void;
}

/** One line of the activity with all there is to it: why, what it led to, and how it is stored. */
export function ActivityInspector({ item, cardWords, onClose }: ActivityInspectorProps) {
  const t = useText();
  return (
    <Inspector
      leading={<ActivityIcon item={item} />}
      title={activityWords(item, t, cardWords).title}
      onClose={onClose}
      detail={
        <span className={classes.identity}>
          <Time at={item.at} style="exact" />
          {item.status ? <DeliveryStatusBadge status={item.status} /> : null}
          {item.source ? <span>{item.source}</span> : null}
        </span>
      }
    >
      {item.kind === 'send' ? (
        <SendDetails item={item} />
      ) : (
        <FactDetails item={item} cardWords={cardWords} />
      )}
    </Inspector>
  );
}

function FactDetails({ item, cardWords }: Omit<ActivityInspectorProps, 'onClose'>) {
  const t = useText();
  const detail = useRead<EventDetail>(`/events/${encodeURIComponent(item.id)}`);
  const isChange = item.type === 'FieldChanged';
  return (
    <>
      {isChange ? (
        <Facts>
          {changesOf(item.details).map((change) => (
            <Fact key={change.field} label={cardWords.label(change.field)}>
              {changeOf(change, cardWords)}
            </Fact>
          ))}
        </Facts>
      ) : null}
      {!isChange && Object.keys(item.details).length > 0 ? (
        <>
          <h3 className={classes.subtitle}>{t('contacts.activity.params')}</h3>
          <JsonView value={item.details} open={3} />
        </>
      ) : null}
      {detail.data ? <Consequences event={detail.data} /> : null}
      <h3 className={classes.subtitle}>{t('contacts.activity.raw')}</h3>
      <p className={classes.none}>
        <Copyable value={item.id} mono />
      </p>
      <JsonView value={detail.data ?? item} open={detail.data ? 1 : 0} />
    </>
  );
}

/** Workflows that it started, and those it did not with the check that refused. */
function Consequences({ event }: { event: EventDetail }) {
  const t = useText();
  const to = useTo();
  if (event.started.length + event.not_started.length === 0) return null;
  return (
    <>
      <h3 className={classes.subtitle}>{t('events.inspect.ledTo')}</h3>
      <Facts>
        {event.started.map(({ run, workflow, name }) => (
          <Fact key={run} label={t('events.inspect.started')}>
            <Anchor component={Link} to={to(`workflows/${workflow}?run=${run}`)} inherit>
              {name}
            </Anchor>
          </Fact>
        ))}
        {event.not_started.map(({ workflow, name, reason }) => (
          <Fact key={`${workflow} ${reason}`} label={t('events.inspect.notStarted')}>
            <Anchor component={Link} to={to(`workflows/${workflow}`)} inherit>
              {name}
            </Anchor>
            {` · ${notStartedWords(reason, t)}`}
          </Fact>
        ))}
      </Facts>
    </>
  );
}
