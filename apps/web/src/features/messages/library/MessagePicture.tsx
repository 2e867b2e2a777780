import { Skeleton } from '@mantine/core';
import { ChannelIcon } from '@perennial/ui';
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
  const { data, isPending } = usePicture(message);
  if (data?.content) return <Picture channel={message.channel} content={data.content} />;
  if (isPending) return <Skeleton height="100%" radius={0} />;
  return (
    <div className={classes.none}>
      <ChannelIcon channel={message.channel} size={20} />
      {t('library.picture.none')}
    </div>
  );
}
