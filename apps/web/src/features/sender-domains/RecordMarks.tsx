import { Tooltip } from '@mantine/core';
import type { DomainRecord } from '@perennial/contracts';
import { useText } from '../../app/text.tsx';
import { RecordMark } from './RecordMark.tsx';
import { markOf, recordTitle } from './record-looks.ts';
import classes from './SenderDomains.module.css';

/** Every record of a domain with its mark, in one line. */
export function RecordMarks({ records }: { records: readonly DomainRecord[] }) {
  const t = useText();
  return (
    <ul className={classes.marks}>
      {records.map((record) => {
        const title = t(recordTitle(record, records));
        const mark = markOf(record);
        const words = t('domains.mark.of', { record: title, state: t(`domains.mark.${mark}`) });
        return (
          <li key={record.id} className={classes.mark} data-dim={!record.needed || undefined}>
            <Tooltip label={words}>
              <span className={classes.markInner} aria-label={words} role="img">
                <RecordMark mark={mark} size={14} optional={!record.needed} />
                {title}
              </span>
            </Tooltip>
          </li>
        );
      })}
    </ul>
  );
}
