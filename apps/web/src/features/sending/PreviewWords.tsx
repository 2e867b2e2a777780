import type { FrequencyPreview } from '@perennial/contracts';
import { useIntl } from 'react-intl';
import type { ApiProblem } from '../../api.ts';
import { problemWords } from '../../app/problem-words.ts';
import { useText } from '../../app/text.tsx';
import classes from './Sending.module.css';

interface PreviewWordsProps {
  preview: FrequencyPreview | undefined;
  error: ApiProblem | null;
}

/** What a rule would have done to the past week. */
export function PreviewWords({ preview, error }: PreviewWordsProps) {
  const t = useText();
  const intl = useIntl();
  if (error) {
    return (
      <p className={classes.preview} role="alert">
        {problemWords(error, t).detail}
      </p>
    );
  }
  if (!preview) return null;
  const { messages, kept_back: kept, contacts } = preview;
  const share = intl.formatNumber(kept / Math.max(1, messages), {
    style: 'percent',
    maximumFractionDigits: 1,
  });
  return (
    <p className={classes.preview} role="status">
      {messages === 0 ? t('sending.preview.none') : null}
      {messages > 0 && kept === 0 ? t('sending.preview.all', { messages }) : null}
      {kept > 0 ? t('sending.preview.some', { messages, kept, share, contacts }) : null}
    </p>
  );
}
