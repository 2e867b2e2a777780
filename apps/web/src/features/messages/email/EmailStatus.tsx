import { useText } from '../../../app/text.tsx';
import classes from '../StatusLine.module.css';
import { GMAIL_CUTS_AT, sizeLevel } from './html-size.ts';

interface EmailStatusProps {
  /** Of the HTML as it is sent; null while it cannot be rendered. */
  bytes: number | null;
  /** Null before the draft was looked at. */
  problems: number | null;
}

/** How large the HTML is against what Gmail shows, and how much is wrong. */
export function EmailStatus({ bytes, problems }: EmailStatusProps) {
  const t = useText();
  return (
    <>
      {bytes === null ? null : (
        <span
          className={classes.size}
          data-level={sizeLevel(bytes)}
          title={t('messages.status.size.hint')}
        >
          <span className={classes.meter} aria-hidden>
            <span style={{ inlineSize: `${Math.min(100, (bytes / GMAIL_CUTS_AT) * 100)}%` }} />
          </span>
          {t('messages.status.size', {
            size: Math.ceil(bytes / 1024),
            most: GMAIL_CUTS_AT / 1024,
          })}
        </span>
      )}
      {problems === null ? null : (
        <span className={problems > 0 ? classes.wrong : undefined}>
          {t('messages.status.problems', { count: problems })}
        </span>
      )}
    </>
  );
}
