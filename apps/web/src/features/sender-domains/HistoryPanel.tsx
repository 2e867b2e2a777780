import type { SenderDomain } from '@perennial/contracts';
import { Panel, Time } from '@perennial/ui';
import type { TextId } from '../../app/catalogue.ts';
import { catalogue } from '../../app/catalogue.ts';
import { FirstFew } from '../../app/FirstFew.tsx';
import { useText, type Say } from '../../app/text.tsx';
import { recordName } from './record-looks.ts';
import classes from './SenderDomains.module.css';

/** What DNS said otherwise than before, the newest first. */
export function HistoryPanel({ domain }: { domain: SenderDomain }) {
  const t = useText();
  // That something was looked at for the first time is no change.
  const history = domain.history.filter(({ from }) => from !== 'unknown');
  if (history.length === 0) return null;
  return (
    <Panel title={t('domains.history')}>
      <FirstFew items={history} first={6}>
        {(shown) => (
          <ul className={classes.history}>
            {shown.map(({ at, record, from, to }, i) => (
              <li key={i}>
                <span>
                  {t('domains.history.change', {
                    record: recordName(record, t),
                    from: stateWord(from, t),
                    to: stateWord(to, t),
                  })}
                </span>
                <span className={classes.muted}>
                  <Time at={at} />
                </span>
              </li>
            ))}
          </ul>
        )}
      </FirstFew>
    </Panel>
  );
}

function stateWord(state: string, t: Say): string {
  const id = `domains.mark.${state}`;
  return Object.hasOwn(catalogue, id) ? t(id as TextId).toLowerCase() : state;
}
