import { useNow } from '@perennial/ui';
import { useIntl } from 'react-intl';
import { useWorkspace } from '../../../../app/session.ts';
import { useText } from '../../../../app/text.tsx';
import type { Settings } from '../../blocks-forms/form-props.ts';
import { nextTimes } from './next-times.ts';
import classes from './StartPreview.module.css';

const SHOWN = 5;

/** The next times at which the members of a segment start. */
export function NextTimesList({ start }: { start: Settings }) {
  const t = useText();
  const intl = useIntl();
  const { time_zone: workspaceZone } = useWorkspace();
  const now = useNow();
  const next = nextTimes(start, { now, workspaceZone, count: SHOWN });
  if (!next) return null;
  if (next.instants.length === 0) return <p className={classes.line}>{t('startForms.never')}</p>;
  const zone = next.zone.replaceAll('_', ' ');
  return (
    <div>
      <p className={classes.line}>
        {next.ofContact ? t('startForms.next.contact') : t('startForms.next', { zone })}
      </p>
      <ul className={classes.times}>
        {next.instants.map((at) => (
          <li key={at}>
            {intl.formatDate(at, {
              weekday: 'short',
              day: 'numeric',
              month: 'short',
              year: 'numeric',
              hour: '2-digit',
              minute: '2-digit',
              timeZone: next.zone,
            })}
          </li>
        ))}
      </ul>
    </div>
  );
}
