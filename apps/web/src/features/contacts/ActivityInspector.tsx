import type { Activity, EventDetail } from '@perennial/contracts';
import { Fact, Facts, Inspector, SkeletonFacts, Time } from '@perennial/ui';
import { useRead } from '../../app/data.ts';
import { Problem } from '../../app/Problem.tsx';
import { SourceWord } from './SourceWord.tsx';
import { useText } from '../../app/text.tsx';
import { EventDetails } from '../events/EventDetails.tsx';
import { DeliveryStatusBadge } from '../outbox/DeliveryStatusBadge.tsx';
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
          {item.source ? (
            <span>
              <SourceWord source={item.source} />
            </span>
          ) : null}
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
  const detail = useRead<EventDetail>(`/events/${encodeURIComponent(item.id)}`);
  if (detail.error) return <Problem error={detail.error} onRetry={() => void detail.refetch()} />;
  if (!detail.data) return <SkeletonFacts rows={6} />;
  return (
    <EventDetails
      event={detail.data}
      said={
        item.type === 'FieldChanged' ? <Changes item={item} cardWords={cardWords} /> : undefined
      }
    />
  );
}

function Changes({ item, cardWords }: Omit<ActivityInspectorProps, 'onClose'>) {
  return (
    <Facts>
      {changesOf(item.details).map((change) => (
        <Fact key={change.field} label={cardWords.label(change.field)}>
          {changeOf(change, cardWords)}
        </Fact>
      ))}
    </Facts>
  );
}
