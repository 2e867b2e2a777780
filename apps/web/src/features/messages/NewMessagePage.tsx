import type { GalleryItem, ListedMessage } from '@perennial/contracts';
import { ChannelIcon, Page, PageHeader, useChannelName } from '@perennial/ui';
import { IconFile } from '@tabler/icons-react';
import { useState } from 'react';
import { useList } from '../../app/data.ts';
import { Problem } from '../../app/Problem.tsx';
import { useText } from '../../app/text.tsx';
import { useUrlState } from '../../app/use-url-state.ts';
import { BeginDialog, type Beginning } from './gallery/BeginDialog.tsx';
import { GalleryPicture } from './gallery/GalleryPicture.tsx';
import { StartCard } from './gallery/StartCard.tsx';
import { MessagePicture } from './library/MessagePicture.tsx';
import { messageChannels, type MessageChannel } from './message.ts';
import { ToLibrary } from './ToLibrary.tsx';
import classes from './NewMessage.module.css';

/** Chooses the channel and what to begin with; the rest is written in the editor. */
export function NewMessagePage() {
  const t = useText();
  const channelName = useChannelName();
  const [state, setState] = useUrlState({ channel: 'email' });
  const channel = messageChannels.find((each) => each === state.channel) ?? 'email';
  const [beginning, setBeginning] = useState<Beginning>();
  return (
    <Page
      header={
        <PageHeader back={<ToLibrary />} title={t('gallery.title')} detail={t('gallery.detail')} />
      }
    >
      <fieldset className={classes.channels}>
        <legend className={classes.legend}>{t('gallery.channel')}</legend>
        {messageChannels.map((each) => (
          <label key={each} className={classes.channel} data-on={each === channel || undefined}>
            <input
              type="radio"
              name="channel"
              className={classes.radio}
              checked={each === channel}
              onChange={() => setState({ channel: each })}
            />
            <ChannelIcon channel={each} />
            <span className={classes.name}>{channelName(each)}</span>
          </label>
        ))}
      </fieldset>
      <p className={classes.about}>{t(`messages.channel.${channel}`)}</p>
      <Shipped channel={channel} onChoose={setBeginning} />
      <Own channel={channel} onChoose={setBeginning} />
      {beginning ? (
        <BeginDialog beginning={beginning} onClose={() => setBeginning(undefined)} />
      ) : null}
    </Page>
  );
}

interface SectionProps {
  channel: MessageChannel;
  onChoose: (beginning: Beginning) => void;
}

/** The blank message, and what comes with the program. */
function Shipped({ channel, onChoose }: SectionProps) {
  const t = useText();
  const gallery = useList<GalleryItem>('/message_gallery');
  const offered = gallery.items.filter(({ channels }) => channels.includes(channel));
  return (
    <section className={classes.section}>
      <h2 className={classes.heading}>{t('gallery.shipped')}</h2>
      {gallery.error ? <Problem error={gallery.error} onRetry={gallery.retry} /> : null}
      <ul className={classes.cards}>
        <li>
          <StartCard
            name={t('gallery.blank')}
            about={t('gallery.blank.detail')}
            picture={
              <span className={classes.blank}>
                <IconFile size={32} stroke={1.25} />
              </span>
            }
            onChoose={() => onChoose({ kind: 'blank', channel })}
          />
        </li>
        {offered.map((item) => (
          <li key={item.key}>
            <StartCard
              name={item.name}
              about={item.about}
              {...(item.transactional && { label: t('gallery.transactional') })}
              picture={<GalleryPicture itemKey={item.key} channel={channel} language="en" />}
              onChoose={() => onChoose({ kind: 'gallery', channel, item })}
            />
          </li>
        ))}
      </ul>
      {gallery.first && offered.length === 0 ? (
        <p className={classes.none}>{t('gallery.shipped.none')}</p>
      ) : null}
    </section>
  );
}

/** Templates of the workspace. */
function Own({ channel, onChoose }: SectionProps) {
  const t = useText();
  const own = useList<ListedMessage>('/messages', {
    query: { template: 'true', content: 'false', channel, sort: 'name', limit: 200 },
    keepPrevious: false,
  });
  return (
    <section className={classes.section}>
      <h2 className={classes.heading}>{t('gallery.own')}</h2>
      {own.error ? <Problem error={own.error} onRetry={own.retry} /> : null}
      {own.first && own.items.length === 0 ? (
        <p className={classes.none}>{t('gallery.own.none')}</p>
      ) : null}
      <ul className={classes.cards}>
        {own.items.map((template) => (
          <li key={template.id}>
            <StartCard
              name={template.name}
              about={template.subject}
              picture={<MessagePicture message={template} />}
              onChoose={() => onChoose({ kind: 'template', channel, template })}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}
