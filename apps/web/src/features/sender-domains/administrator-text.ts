import type { SenderDomain } from '@perennial/contracts';
import type { Say } from '../../app/text.tsx';
import { recordTitle } from './record-looks.ts';
import { recordsToSet, valueParts, zoneFile } from './zone-file.ts';

/** A letter to whoever looks after DNS: each record in words, then all as a zone file. */
export function administratorText(domain: SenderDomain, t: Say): string {
  const records = recordsToSet(domain).map((record) => {
    const { priority, value } = valueParts(record);
    return [
      t('domains.letter.record', {
        kind: t(recordTitle(record, domain.records)),
        type: record.type,
      }),
      t('domains.letter.name', { name: record.name }),
      ...(priority === null ? [] : [t('domains.letter.priority', { priority })]),
      t('domains.letter.value', { value }),
      ...(record.kind === 'spf' ? [t('domains.letter.spf')] : []),
    ].join('\n');
  });
  return [
    t('domains.letter.hello'),
    t('domains.letter.ask', { domain: domain.display }),
    ...records,
    t('domains.letter.zone'),
    zoneFile(domain).trimEnd(),
    t('domains.letter.thanks'),
  ].join('\n\n');
}
