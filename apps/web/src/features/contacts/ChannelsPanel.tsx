import { Button } from '@mantine/core';
import type { ContactCard, ContactChannel } from '@perennial/contracts';
import { ChannelIcon, Copyable, Panel, StatusBadge, Time, useChannelName } from '@perennial/ui';
import { useState, type ReactNode } from 'react';
import { SourceWord } from './SourceWord.tsx';
import { FirstFew } from '../../app/FirstFew.tsx';
import { Rich, useText } from '../../app/text.tsx';
import { consentNote } from './consent-note.ts';
import { channelStatusLook } from './contact-status.ts';
import { UnsubscribeAddress } from './UnsubscribeAddress.tsx';
import { useMayEdit } from './use-may-edit.ts';
import classes from './ContactPage.module.css';

/** Where the contact can be written to, and everything that speaks for or against it. */
export function ChannelsPanel({ contact }: { contact: ContactCard }) {
  const t = useText();
  const { channels } = contact;
  const mayEdit = useMayEdit(contact);
  const [leaving, setLeaving] = useState<ContactChannel | null>(null);
  return (
    <Panel title={t('contacts.channels')}>
      {channels.length === 0 ? <p className={classes.none}>{t('contacts.channels.none')}</p> : null}
      <FirstFew items={channels} first={8}>
        {(shown) =>
          shown.map((address) => (
            <Address
              key={`${address.channel} ${address.address}`}
              address={address}
              mayEdit={mayEdit}
              onUnsubscribe={() => setLeaving(address)}
            />
          ))
        }
      </FirstFew>
      {leaving ? <UnsubscribeAddress address={leaving} onClose={() => setLeaving(null)} /> : null}
    </Panel>
  );
}

function Address({
  address,
  mayEdit,
  onUnsubscribe,
}: {
  address: ContactChannel;
  mayEdit: boolean;
  onUnsubscribe: () => void;
}) {
  const t = useText();
  const name = useChannelName();
  const look = channelStatusLook(address.status);
  const hasLeft = address.suppressions.some(({ reason }) => reason === 'unsubscribed');
  return (
    <div className={classes.address}>
      <ChannelIcon channel={address.channel} />
      <Copyable value={address.address} mono={address.channel.includes('push')} />
      <StatusBadge tone={look.tone}>{t(look.text)}</StatusBadge>
      <div className={classes.reason}>
        {name(address.channel)}
        {address.app ? ` · ${address.app}` : ''}
        <Since {...address} />
      </div>
      {address.suppressions.slice(1).map((other) => (
        <div key={other.reason} className={classes.reason}>
          {t(channelStatusLook(other.reason).text)}
          <Since
            status_at={other.since}
            until={other.until}
            reason={other.details}
            source={other.source}
          />
        </div>
      ))}
      <Consent address={address} />
      {mayEdit && !hasLeft ? (
        <Button
          className={classes.addressAction ?? ''}
          variant="subtle"
          color="gray"
          size="compact-xs"
          onClick={onUnsubscribe}
        >
          {t('contacts.unsubscribe')}
        </Button>
      ) : null}
    </div>
  );
}

/** What was agreed to, where something speaks against the address. */
function Consent({ address }: { address: ContactChannel }) {
  const note = consentNote(address);
  if (!note || !address.consent) return null;
  const { at, source } = address.consent;
  return (
    <div className={classes.reason}>
      <Rich
        id={`contacts.channels.consent.${note}`}
        values={{ at: <Time key="at" at={at} style="exact" />, source }}
      />
    </div>
  );
}

/** Since when, until when, why and by what. */
function Since({
  status_at: at,
  until,
  reason,
  source,
}: {
  status_at: string | null;
  until?: string | null;
  reason?: string | null;
  source: string | null;
}): ReactNode {
  return (
    <>
      {at ? (
        <>
          {' · '}
          <Rich id="contacts.channels.since" values={{ at: <Time key="at" at={at} /> }} />
        </>
      ) : null}
      {until ? (
        <>
          {' '}
          <Rich id="contacts.channels.until" values={{ at: <Time key="at" at={until} /> }} />
        </>
      ) : null}
      {source ? (
        <>
          {' · '}
          <SourceWord source={source} />
        </>
      ) : null}
      {reason ? ` · ${reason}` : ''}
    </>
  );
}
