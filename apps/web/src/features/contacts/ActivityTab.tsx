import { Button } from '@mantine/core';
import type { Activity, ActivityPage } from '@perennial/contracts';
import {
  EmptyState,
  Scroller,
  SkeletonLines,
  SplitView,
  Time,
  Timeline,
  TimelineHeading,
} from '@perennial/ui';
import { IconFilterOff, IconHistory } from '@tabler/icons-react';
import { useIntl } from 'react-intl';
import { useList } from '../../app/data.ts';
import { Problem } from '../../app/Problem.tsx';
import { Rich, useText } from '../../app/text.tsx';
import { useUrlState } from '../../app/use-url-state.ts';
import { ActivityFilters } from './ActivityFilters.tsx';
import { ActivityInspector } from './ActivityInspector.tsx';
import { ActivityLine } from './ActivityLine.tsx';
import { activityQuery, isFiltered, noFilters } from './activity-query.ts';
import { dayOf, startsDay } from './activity.ts';
import { useCardWords } from './use-card-words.ts';
import classes from './ContactPage.module.css';

/** Everything the contact did and was sent, newest first; what is picked stands beside it. */
export function ActivityTab({ contactId }: { contactId: string }) {
  const t = useText();
  const intl = useIntl();
  const zone = intl.timeZone ?? 'UTC';
  const [state, setState] = useUrlState({ ...noFilters, open: '' });
  const cardWords = useCardWords();
  const activity = useList<Activity>(`/contacts/${contactId}/activity`, {
    query: { ...activityQuery(state, zone), limit: 100 },
    every: 5_000,
  });
  const page = activity.first as ActivityPage | undefined;
  const searchedTo = (activity.last as ActivityPage | undefined)?.searched_to ?? null;
  const picked = activity.items.find((item) => item.id === state.open);
  const clear = () => setState(noFilters);
  if (activity.error && !page) return <Problem error={activity.error} onRetry={activity.retry} />;
  return (
    <>
      <ActivityFilters counts={page?.counts} state={state} setState={setState} />
      <SplitView
        name="activity"
        width={440}
        onCloseSide={() => setState({ open: '' })}
        side={
          picked ? (
            <ActivityInspector
              key={picked.id}
              item={picked}
              cardWords={cardWords}
              onClose={() => setState({ open: '' })}
            />
          ) : null
        }
      >
        <Scroller>
          {activity.loading ? <SkeletonLines lines={10} /> : null}
          {page && activity.items.length === 0 && !activity.hasMore ? (
            <Nothing filtered={isFiltered(state)} onClear={clear} />
          ) : null}
          <Timeline
            label={t('contacts.activity.feed')}
            items={activity.items}
            itemKey={(item) => item.id}
            // A search that found too little goes on when asked, not by itself.
            hasMore={activity.hasMore && searchedTo === null}
            loadingMore={activity.loadingMore}
            onMore={activity.more}
            render={(item, index) => (
              <>
                {startsDay(activity.items, index, zone) ? <Day at={item.at} zone={zone} /> : null}
                <ActivityLine
                  item={item}
                  cardWords={cardWords}
                  picked={state.open === item.id}
                  onPick={() => setState({ open: state.open === item.id ? '' : item.id })}
                />
              </>
            )}
          />
          {searchedTo && activity.hasMore ? (
            <div className={classes.searched}>
              <Rich
                id="contacts.activity.searchedTo"
                values={{ at: <Time key="at" at={searchedTo} style="exact" /> }}
              />
              <Button
                size="compact-sm"
                variant="default"
                loading={activity.loadingMore}
                onClick={activity.more}
              >
                {t('contacts.activity.goOn')}
              </Button>
            </div>
          ) : null}
        </Scroller>
      </SplitView>
    </>
  );
}

function Nothing({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  const t = useText();
  if (!filtered) {
    return (
      <EmptyState icon={IconHistory} title={t('contacts.activity.empty.title')}>
        {t('contacts.activity.empty.detail')}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={IconFilterOff}
      title={t('contacts.activity.noMatch')}
      actions={
        <Button variant="default" onClick={onClear}>
          {t('contacts.activity.clear')}
        </Button>
      }
    >
      {t('contacts.activity.noMatch.detail')}
    </EmptyState>
  );
}

function Day({ at, zone }: { at: string; zone: string }) {
  const t = useText();
  const intl = useIntl();
  const day = dayOf(at, zone);
  const now = Date.now();
  if (day === dayOf(new Date(now).toISOString(), zone)) {
    return <TimelineHeading>{t('contacts.activity.today')}</TimelineHeading>;
  }
  if (day === dayOf(new Date(now - 86_400_000).toISOString(), zone)) {
    return <TimelineHeading>{t('contacts.activity.yesterday')}</TimelineHeading>;
  }
  return (
    <TimelineHeading>
      {intl.formatDate(at, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })}
    </TimelineHeading>
  );
}
