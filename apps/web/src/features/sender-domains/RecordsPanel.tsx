import { Button } from '@mantine/core';
import type { SenderDomain } from '@perennial/contracts';
import { Panel, useClipboard } from '@perennial/ui';
import { IconCheck, IconCopy, IconMail } from '@tabler/icons-react';
import { useState } from 'react';
import { useText } from '../../app/text.tsx';
import { AdministratorText } from './AdministratorText.tsx';
import { RecordCard } from './RecordCard.tsx';
import classes from './SenderDomains.module.css';
import { recordsToSet, zoneFile } from './zone-file.ts';

interface RecordsPanelProps {
  domain: SenderDomain;
  asking: boolean;
}

/** What is to stand in DNS, record by record, beside what stands there. */
export function RecordsPanel({ domain, asking }: RecordsPanelProps) {
  const t = useText();
  const { copied, copy } = useClipboard();
  const [writing, setWriting] = useState(false);
  const some = recordsToSet(domain).length > 0;
  return (
    <Panel
      title={t(domain.state === 'verified' ? 'domains.records.done' : 'domains.records')}
      actions={
        some ? (
          <div className={classes.actions}>
            <Button
              variant="default"
              size="xs"
              leftSection={<IconMail size={14} />}
              onClick={() => setWriting(true)}
            >
              {t('domains.records.letter')}
            </Button>
            <Button
              variant="default"
              size="xs"
              leftSection={copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
              onClick={() => void copy(zoneFile(domain))}
            >
              {t(copied ? 'domains.records.copied' : 'domains.records.copyZone')}
            </Button>
          </div>
        ) : null
      }
    >
      <ul className={classes.records}>
        {domain.records.map((record) => (
          <RecordCard key={record.id} domain={domain} record={record} asking={asking} />
        ))}
      </ul>
      {writing ? <AdministratorText domain={domain} onClose={() => setWriting(false)} /> : null}
    </Panel>
  );
}
