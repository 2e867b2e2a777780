import { Avatar } from '@perennial/ui';
import { useText } from '../../../../app/text.tsx';
import { word } from '../word.ts';
import type { MessageContent } from '../../message.ts';
import { cutText, previewLine } from './cut-text.ts';
import { inboxClients, type InboxClient } from './inbox-clients.ts';
import { measureIn } from './measure-text.ts';
import classes from './InboxRows.module.css';

/** The message in lists of messages: sender, subject and preheader, and where they are cut. */
export function InboxRows({ content }: { content: MessageContent }) {
  const t = useText();
  return (
    <div className={classes.rows}>
      {inboxClients.map((client) => (
        <figure key={client.key} className={classes.client}>
          <figcaption className={classes.caption}>{t(`messages.inbox.${client.key}`)}</figcaption>
          <Row client={client} content={content} />
        </figure>
      ))}
      <p className={classes.hint}>{t('messages.inbox.hint')}</p>
    </div>
  );
}

function Row({ client, content }: { client: InboxClient; content: MessageContent }) {
  const t = useText();
  const { fontSize, lineWidth, preheaderLines, oneLine } = client;
  const sender = senderName(word(content.from)) || t('messages.inbox.sender');
  const written = word(content.subject) || t('messages.preview.noSubject');
  const subject = cutText(written, lineWidth, measureIn(fontSize, 600));
  const taken = oneLine ? measureIn(fontSize, 600)(`${subject.shown} - `) : 0;
  const preheader = word(content.preheader);
  const line = previewLine(preheader, word(content.text));
  const room = Math.max(0, lineWidth * preheaderLines - taken);
  const after = cutText(line, room, measureIn(fontSize, 400));
  return (
    <>
      <div
        className={classes.row}
        data-one-line={oneLine || undefined}
        style={{ maxInlineSize: client.width, fontSize }}
      >
        <Avatar name={sender} />
        <span className={classes.words}>
          <span className={classes.sender} dir="auto">
            {sender}
          </span>
          <span className={classes.subject} dir="auto">
            {subject.shown}
            {subject.cut ? '…' : ''}
          </span>
          <span
            className={classes.preheader}
            style={{ WebkitLineClamp: preheaderLines }}
            dir="auto"
          >
            {after.shown}
            {after.cut ? '…' : ''}
          </span>
        </span>
      </div>
      <p className={classes.note} data-cut={subject.cut ? true : undefined}>
        {subject.cut
          ? t('messages.inbox.subjectCut', { cut: subject.cut.trim() })
          : t('messages.inbox.subjectWhole')}{' '}
        {sayPreheader()}
      </p>
    </>
  );

  function sayPreheader(): string {
    if (!preheader) return t('messages.inbox.noPreheader');
    const cut = preheader.slice(after.shown.length).trim();
    return cut ? t('messages.inbox.preheaderCut', { cut }) : t('messages.inbox.preheaderWhole');
  }
}

/** Of `Stride <news@stride.example>` the name; of an address alone the address. */
function senderName(from: string): string {
  return from.replace(/\s*<[^>]*>\s*$/, '').replace(/^"(.*)"$/, '$1') || from;
}
