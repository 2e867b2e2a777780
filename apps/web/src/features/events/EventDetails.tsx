import { Anchor } from '@mantine/core';
import type { Event as ContactEvent, EventDetail } from '@perennial/contracts';
import { Copyable, Fact, Facts, JsonView, StatusBadge, Time } from '@perennial/ui';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useRead } from '../../app/data.ts';
import { useText } from '../../app/text.tsx';
import { useTo } from '../../app/use-to.ts';
import { notStartedWords } from '../workflows/not-started.ts';
import { ContactLink } from '../contacts/ContactLink.tsx';
import { SourceWord } from '../contacts/SourceWord.tsx';
import { FoundBy } from './FoundBy.tsx';
import classes from './Events.module.css';

interface EventDetailsProps {
  event: ContactEvent;
  /** In place of the parameters, where they are said better. */
  said?: ReactNode;
}

/** An event with everything it carried and led to, the same wherever it is looked at. */
export function EventDetails({ event, said }: EventDetailsProps) {
  const t = useText();
  const detail = useRead<EventDetail>(`/events/${encodeURIComponent(event.id)}`);
  const hasParams = Object.keys(event.params).length > 0;
  return (
    <>
      <Facts>
        <Fact label={t('events.inspect.contact')}>
          <ContactLink id={event.contact} />
          {event.contact_created ? ` · ${t('events.inspect.contactNew')}` : null}
        </Fact>
        {event.found_by ? (
          <Fact
            label={t(
              event.contact_created ? 'events.inspect.createdFor' : 'events.inspect.foundBy',
            )}
          >
            <FoundBy by={event.found_by} />
          </Fact>
        ) : null}
        <Fact label={t('events.inspect.occurred')}>
          <span className={classes.keyCell}>
            <Time at={event.occurred_at} style="exact" />
            {event.past ? (
              <StatusBadge tone="neutral" variant="soft">
                {t('events.inspect.past')}
              </StatusBadge>
            ) : null}
          </span>
        </Fact>
        <Fact label={t('events.inspect.received')}>
          <Time at={event.received_at} style="exact" />
        </Fact>
        <Fact label={t('events.inspect.source')}>
          <SourceWord source={event.source} />
        </Fact>
        <Fact label={t('events.inspect.key')}>{event.key}</Fact>
        <Fact label={t('events.inspect.id')}>
          <Copyable value={event.id} mono />
        </Fact>
      </Facts>
      {detail.data && detail.data.errors.length > 0 ? <Errors errors={detail.data.errors} /> : null}
      {said ?? (
        <>
          <h3 className={classes.section}>{t('events.inspect.params')}</h3>
          {hasParams ? <JsonView value={event.params} open={3} /> : t('events.inspect.noParams')}
          {event.contact_id_added ? (
            <p className={classes.remark}>{t('events.inspect.contactIdAdded')}</p>
          ) : null}
        </>
      )}
      {detail.data ? <Consequences event={detail.data} /> : null}
      <h3 className={classes.section}>{t('events.inspect.raw')}</h3>
      <JsonView value={detail.data ?? event} open={0} />
    </>
  );
}

/** Workflows that the event started, and those it did not with the check that refused. */
function Consequences({ event }: { event: EventDetail }) {
  const t = useText();
  const to = useTo();
  const { started, not_started: notStarted, stopped, facts } = event;
  if (started.length + notStarted.length + stopped.length + facts.length === 0) return null;
  return (
    <>
      <h3 className={classes.section}>{t('events.inspect.ledTo')}</h3>
      <Facts>
        {started.map(({ run, workflow, name }) => (
          <Fact key={run} label={t('events.inspect.started')}>
            <Anchor component={Link} to={to(`workflows/${workflow}?run=${run}`)} inherit>
              {name}
            </Anchor>
          </Fact>
        ))}
        {notStarted.map(({ workflow, name, reason }) => (
          <Fact key={`${workflow} ${reason}`} label={t('events.inspect.notStarted')}>
            <Anchor component={Link} to={to(`workflows/${workflow}`)} inherit>
              {name}
            </Anchor>
            {` · ${notStartedWords(reason, t)}`}
          </Fact>
        ))}
        {stopped.map(({ run, workflow, name }) => (
          <Fact key={run} label={t('events.inspect.stopped')}>
            <Anchor component={Link} to={to(`workflows/${workflow}?run=${run}`)} inherit>
              {name}
            </Anchor>
          </Fact>
        ))}
        {facts.map((fact, index) => (
          <Fact key={index} label={t('events.inspect.noted')}>
            {fact.event}
          </Fact>
        ))}
      </Facts>
    </>
  );
}

/** What its type missed in it when it arrived. */
function Errors({ errors }: Pick<EventDetail, 'errors'>) {
  const t = useText();
  return (
    <>
      <h3 className={classes.section}>{t('events.inspect.errors')}</h3>
      <Facts>
        {errors.map(({ path, message }) => (
          <Fact key={path} label={path}>
            {message}
          </Fact>
        ))}
      </Facts>
    </>
  );
}
