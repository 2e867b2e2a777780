import { Checkbox } from '@mantine/core';
import type { ListedMessage } from '@perennial/contracts';
import { ChannelIcon, Time, type TableSelection } from '@perennial/ui';
import { useText } from '../../../app/text.tsx';
import { TagsCell } from '../../tags/TagsCell.tsx';
import { MessageMenu } from './MessageMenu.tsx';
import { MessagePicture } from './MessagePicture.tsx';
import { useReadWords } from './use-read-words.ts';
import classes from './MessageCard.module.css';

interface MessageCardProps {
  message: ListedMessage;
  selection: TableSelection | undefined;
  mayWrite: boolean;
}

/** A message in the gallery: its picture, and below it what tells it from others. */
export function MessageCard({ message, selection, mayWrite }: MessageCardProps) {
  const t = useText();
  const words = useReadWords(message);
  const { id, name, channel, languages, tags, used_by: uses } = message;
  return (
    <>
      <div className={classes.picture}>
        <MessagePicture message={message} />
      </div>
      {selection ? (
        <Checkbox
          className={classes.check ?? ''}
          aria-label={t('library.select', { name })}
          checked={selection.keys.has(id)}
          onChange={() => selection.toggle(id)}
        />
      ) : null}
      <div className={classes.words}>
        <div className={classes.title}>
          <ChannelIcon channel={channel} />
          <span className={classes.name} dir="auto" title={name}>
            {name}
          </span>
          {mayWrite ? <MessageMenu message={message} /> : null}
        </div>
        <div className={classes.subject} dir="auto" title={words}>
          {words}
        </div>
        <div className={classes.meta}>
          <span className={classes.facts}>
            {message.template ? t('library.template') : t('library.uses', { n: uses.length })}
            {' · '}
            {message.last_sent_at ? (
              <Time at={message.last_sent_at} />
            ) : message.template ? (
              <Time at={message.updated_at} />
            ) : (
              t('library.never')
            )}
          </span>
          <span className={classes.languages}>{languages.slice(0, 4).join(' ')}</span>
        </div>
        <div className={classes.tags}>
          <TagsCell
            path={`/messages/${id}`}
            name={name}
            tags={tags}
            readOnly={!mayWrite}
            most={3}
          />
        </div>
      </div>
    </>
  );
}
