import { ChannelIcon, JsonView } from '@perennial/ui';
import type { ReactNode } from 'react';
import { useText } from '../../../app/text.tsx';
import type { MessageContent } from '../message.ts';
import { word } from './word.ts';
import classes from './Preview.module.css';

interface ChannelPreviewProps {
  channel: string;
  content: MessageContent;
}

const looks: Record<string, (props: { content: MessageContent; channel: string }) => ReactNode> = {
  mobile_push: Notification,
  web_push: Notification,
  app_inbox: InboxCard,
  in_app: InAppCard,
  sms: Bubble,
  viber: Bubble,
  telegram: Bubble,
};

/** How a message of a channel other than e-mail looks where it is read. */
export function ChannelPreview({ channel, content }: ChannelPreviewProps) {
  const Look = looks[channel];
  return Look ? (
    <Look channel={channel} content={content} />
  ) : (
    <JsonView value={content} open={4} />
  );
}

function Notification({ content, channel }: ChannelPreviewProps) {
  const t = useText();
  return (
    <div className={classes.screen}>
      <div className={classes.notification}>
        <div className={classes.app}>
          <ChannelIcon channel={channel} />
          <span>{t('messages.preview.app')}</span>
          <span className={classes.now}>{t('ui.time.now')}</span>
        </div>
        <div className={classes.pushTitle} dir="auto">
          {word(content.title)}
        </div>
        {word(content.subtitle) ? (
          <div className={classes.pushSubtitle} dir="auto">
            {word(content.subtitle)}
          </div>
        ) : null}
        <div className={classes.pushBody} dir="auto">
          {word(content.body)}
        </div>
        <Picture url={word(content.image)} />
        <Buttons buttons={content.buttons} />
      </div>
      <Target link={word(content.link)} />
    </div>
  );
}

function InboxCard({ content }: ChannelPreviewProps) {
  const t = useText();
  return (
    <div className={classes.screen}>
      <div className={classes.inbox}>
        <Picture url={word(content.image)} />
        <div className={classes.pushTitle} dir="auto">
          {word(content.title)}
        </div>
        <div className={classes.pushBody} dir="auto">
          {word(content.body)}
        </div>
        <div className={classes.now}>{t('ui.time.now')}</div>
      </div>
      <Target link={word(content.link)} />
    </div>
  );
}

function InAppCard({ content }: ChannelPreviewProps) {
  return (
    <div className={classes.screen}>
      <div className={classes.inApp}>
        <Picture url={word(content.image)} />
        <div className={classes.pushTitle} dir="auto">
          {word(content.title)}
        </div>
        <div className={classes.pushBody} dir="auto">
          {word(content.body) || word(content.text)}
        </div>
        <Buttons buttons={content.buttons} />
      </div>
    </div>
  );
}

function Bubble({ content, channel }: ChannelPreviewProps) {
  return (
    <div className={classes.screen}>
      <div className={classes.chat} data-channel={channel}>
        <Picture url={word(content.image)} />
        <div dir="auto">{word(content.text)}</div>
        <Buttons buttons={content.buttons ?? content.button} />
      </div>
    </div>
  );
}

function Picture({ url }: { url: string }) {
  if (!/^https?:\/\//.test(url)) return null;
  return <img className={classes.picture} src={url} alt="" loading="lazy" />;
}

function Target({ link }: { link: string }) {
  const t = useText();
  if (!link) return null;
  return (
    <div className={classes.target} dir="ltr">
      {t('messages.preview.opens')} {link}
    </div>
  );
}

function Buttons({ buttons }: { buttons: unknown }) {
  const list = Array.isArray(buttons) ? buttons : buttons ? [buttons] : [];
  if (list.length === 0) return null;
  return (
    <div className={classes.buttons}>
      {list.map((button: unknown, index) => (
        <span key={index} className={classes.button} dir="auto">
          {labelOf(button)}
        </span>
      ))}
    </div>
  );
}

function labelOf(button: unknown): string {
  if (button === null || typeof button !== 'object') return word(button);
  const { text, title, label } = button as Record<string, unknown>;
  return word(text) || word(title) || word(label);
}
