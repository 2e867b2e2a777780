import { useElementSize } from '@mantine/hooks';
import type { MessageContent } from '../message.ts';
import { ChannelPreview } from '../preview/ChannelPreview.tsx';
import classes from './Picture.module.css';

interface PictureProps {
  channel: string;
  content: MessageContent;
  /** Width in px that the message is laid out for. */
  wide?: number;
}

/** How wide messages of other channels than e-mail are drawn. */
const DRAWN = 320;

/**
 * A message made small, to be recognised by and not to be used: scripts do not run in it, and
 * nothing in it takes a click or the focus.
 */
export function Picture({ channel, content, wide = 620 }: PictureProps) {
  const { ref, width, height } = useElementSize();
  const isPage = channel === 'email' || channel === 'in_app';
  const laidOut = isPage ? (channel === 'in_app' ? 400 : wide) : DRAWN;
  const scale = width > 0 ? width / laidOut : 0;
  const size = {
    inlineSize: laidOut,
    blockSize: scale > 0 ? height / scale : 0,
    transform: `scale(${scale})`,
  };
  return (
    <div ref={ref} className={classes.root} data-page={isPage || undefined} aria-hidden inert>
      {isPage ? (
        <iframe
          className={classes.page}
          style={size}
          title=""
          tabIndex={-1}
          sandbox=""
          referrerPolicy="no-referrer"
          scrolling="no"
          srcDoc={typeof content['html'] === 'string' ? content['html'] : ''}
        />
      ) : (
        <div className={classes.drawn} style={size}>
          <ChannelPreview channel={channel} content={content} />
        </div>
      )}
    </div>
  );
}
