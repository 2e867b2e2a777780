import { Skeleton } from '@mantine/core';
import { ChannelIcon, useDelayed } from '@perennial/ui';
import { useText } from '../../../app/text.tsx';
import { Picture } from './Picture.tsx';
import { usePicture } from './use-picture.ts';
import classes from './MessageCard.module.css';

interface Pictured {
  id: string;
  channel: string;
  version: number;
  default_language: string;
}

/** A message's current version, made small. */
export function MessagePicture({ message }: { message: Pictured }) {
  const t = useText();
  // What only flies past while somebody scrolls is neither asked for nor drawn.
  const stays = useDelayed(true);
  const { data, isPending } = usePicture(message, stays);
  if (data?.content && stays) return <Picture channel={message.channel} content={data.content} />;
  if (isPending || !stays) return <Skeleton height="100%" radius={0} />;
  return (
    <div className={classes.none}>
      <ChannelIcon channel={message.channel} size={20} />
      {t('library.picture.none')}
    </div>
  );
}
