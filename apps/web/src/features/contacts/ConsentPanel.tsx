import type { ConsentEvent, ContactCard, Page } from '@perennial/contracts';
import { ChannelIcon, Panel, SkeletonFacts, Time, useChannelName } from '@perennial/ui';
import { IconTags } from '@tabler/icons-react';
import { useIntl } from 'react-intl';
import { sourceWord } from './value-words.ts';
import { useRead } from '../../app/data.ts';
import { FirstFew } from '../../app/FirstFew.tsx';
import { Problem } from '../../app/Problem.tsx';
import { useText } from '../../app/text.tsx';
import { consentSentence } from './consent-words.ts';
import classes from './ContactPage.module.css';

/** Who said what about being written to, when and where, and the words that were agreed to. */
export function ConsentPanel({
  contact: { id, category_choices },
}: {
  contact: Pick<ContactCard, 'id' | 'category_choices'>;
}) {
  const t = useText();
  const consents = useRead<Page<ConsentEvent>>(`/contacts/${id}/consents`, { every: 15_000 });
  const items = consents.data?.items ?? [];
  const names = new Map(category_choices.map(({ category, name }) => [category, name]));
  return (
    <Panel title={t('contacts.consent')}>
      {consents.error && !consents.data ? (
        <Problem error={consents.error} onRetry={() => void consents.refetch()} />
      ) : null}
      {consents.isPending ? <SkeletonFacts rows={3} /> : null}
      {consents.data && items.length === 0 ? (
        <p className={classes.none}>{t('contacts.consent.none')}</p>
      ) : null}
      <FirstFew items={items} first={6}>
        {(shown) => (
          <ol className={classes.consents}>
            {shown.map((event, index) => (
              <ConsentLine key={`${event.at} ${index}`} event={event} names={names} />
            ))}
          </ol>
        )}
      </FirstFew>
    </Panel>
  );
}

function ConsentLine({
  event,
  names,
}: {
  event: ConsentEvent;
  names: ReadonlyMap<string, string>;
}) {
  const t = useText();
  const intl = useIntl();
  const channelName = useChannelName();
  const listOf = (keys: string[]) => intl.formatList(keys.map((key) => names.get(key) ?? key));
  return (
    <li className={classes.consent}>
      <span className={classes.consentIcon}>
        {event.channel ? (
          <ChannelIcon channel={event.channel} />
        ) : (
          <IconTags size={16} aria-hidden />
        )}
      </span>
      <div className={classes.consentText}>
        <div dir="auto">
          {consentSentence(event, {
            t,
            listOf,
            channel: event.channel && channelName(event.channel),
          })}
        </div>
        {event.text ? (
          <div className={classes.quote} dir="auto">
            “{event.text}”
          </div>
        ) : null}
        <div className={classes.consentDetail}>
          {event.address ? (
            <span className={classes.consentAddress} title={event.address}>
              {event.address}
            </span>
          ) : null}
          <span dir="auto">
            {[event.by ?? sourceWord(event.source, intl), event.details]
              .filter(Boolean)
              .join(' · ')}
          </span>
        </div>
      </div>
      <span className={classes.consentTime}>
        <Time at={event.at} />
      </span>
    </li>
  );
}
