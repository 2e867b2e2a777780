import { SegmentedControl } from '@mantine/core';
import type { Message, MessageVersion, Personalisation } from '@perennial/contracts';
import { SkeletonBlock } from '@perennial/ui';
import { useState } from 'react';
import { useText } from '../../../app/text.tsx';
import { ChannelPreview } from '../preview/ChannelPreview.tsx';
import { HtmlFrame } from '../preview/HtmlFrame.tsx';
import { usePreview } from '../preview/use-preview.ts';
import type { MessageContent } from '../message.ts';
import { languageName } from './language-name.ts';
import classes from './Versions.module.css';

interface SideBySideProps {
  message: Message;
  before: MessageVersion;
  after: MessageVersion;
}

/** Two versions as they look, in one language. */
export function SideBySide({ message, before, after }: SideBySideProps) {
  const languages = [
    ...new Set([...Object.keys(after.content), ...Object.keys(before.content)]),
  ].sort();
  const [chosen, setLanguage] = useState(message.default_language);
  const language = languages.includes(chosen) ? chosen : (languages[0] ?? 'en');
  return (
    <>
      {languages.length > 1 ? (
        <SegmentedControl
          className={classes.languages ?? ''}
          size="xs"
          value={language}
          onChange={setLanguage}
          data={languages.map((tag) => ({ value: tag, label: languageName(tag) }))}
        />
      ) : null}
      <div className={classes.pair}>
        {[before, after].map(({ version, content, personalisation }, side) => (
          <Side
            key={side}
            message={message}
            version={version}
            language={language}
            content={content[language]}
            personalisation={personalisation as Personalisation}
          />
        ))}
      </div>
    </>
  );
}

interface SideProps {
  message: Message;
  version: number;
  language: string;
  content: MessageContent | undefined;
  personalisation: Personalisation;
}

function Side({ version, content, ...rest }: SideProps) {
  const t = useText();
  return (
    <figure className={classes.sideOf}>
      <figcaption>{t('versions.number', { version })}</figcaption>
      {content ? (
        <Rendered {...rest} content={content} />
      ) : (
        <p className={classes.none}>
          {t('versions.removed', { language: languageName(rest.language) })}
        </p>
      )}
    </figure>
  );
}

function Rendered({
  message,
  language,
  content,
  personalisation,
}: Omit<SideProps, 'version' | 'content'> & { content: MessageContent }) {
  const preview = usePreview({
    messageId: message.id,
    language,
    content,
    personalisation,
    contact: null,
  });
  const shown = preview.data?.content;
  if (!shown) return <SkeletonBlock height="100%" />;
  return typeof shown['html'] === 'string' ? (
    <HtmlFrame
      html={shown['html']}
      title={typeof shown['subject'] === 'string' ? shown['subject'] : ''}
    />
  ) : (
    <ChannelPreview channel={message.channel} content={shown} />
  );
}
