import { UnstyledButton } from '@mantine/core';
import type { DomainRecord, SenderDomain } from '@perennial/contracts';
import { Copyable, CopyButton, StatusBadge } from '@perennial/ui';
import { IconChevronDown } from '@tabler/icons-react';
import { useId, useState } from 'react';
import type { TextId } from '../../app/catalogue.ts';
import { useText } from '../../app/text.tsx';
import { RecordMark } from './RecordMark.tsx';
import { faultWords, markOf, markTones, noteWords, recordTitle } from './record-looks.ts';
import classes from './Records.module.css';
import { hostWithin, valueParts } from './zone-file.ts';

interface RecordCardProps {
  domain: SenderDomain;
  record: DomainRecord;
  asking: boolean;
}

/** One record: what is wanted, what stands there, what is wrong. What is right folds away. */
export function RecordCard({ domain, record, asking }: RecordCardProps) {
  const t = useText();
  const body = useId();
  const mark = markOf(record);
  const [unfolded, setUnfolded] = useState<boolean | null>(null);
  const shown = unfolded ?? mark !== 'right';
  return (
    <li className={classes.record}>
      <UnstyledButton
        className={classes.head}
        aria-expanded={shown}
        aria-controls={body}
        onClick={() => setUnfolded(!shown)}
      >
        <RecordMark mark={mark} optional={!record.needed} asking={asking} />
        <span className={classes.title}>{t(recordTitle(record, domain.records))}</span>
        <span className={classes.what}>{t(purposeOf(record))}</span>
        <span className={classes.state}>
          {record.needed ? null : (
            <span className={classes.muted}>{t('domains.record.notNeeded')}</span>
          )}
          <StatusBadge
            tone={asking || (!record.needed && mark !== 'right') ? 'neutral' : markTones[mark]}
          >
            {t(asking ? 'domains.mark.asking' : `domains.mark.${mark}`)}
          </StatusBadge>
        </span>
        <IconChevronDown size={16} className={classes.chevron} data-open={shown || undefined} />
      </UnstyledButton>
      {shown ? (
        <div id={body} className={classes.body}>
          <Wanted domain={domain} record={record} />
          <Found record={record} />
        </div>
      ) : null}
    </li>
  );
}

function purposeOf({ kind, signs, needed }: DomainRecord): TextId {
  if (kind !== 'dkim') return `domains.record.${kind}.what`;
  return signs
    ? 'domains.record.dkim.signing'
    : needed
      ? 'domains.record.dkim.first'
      : 'domains.record.dkim.next';
}

function Wanted({ domain, record }: { domain: SenderDomain; record: DomainRecord }) {
  const t = useText();
  if (record.expected === '') {
    return (
      <p className={classes.say}>
        {t(record.kind === 'spf' ? 'domains.spf.say' : 'domains.mx.say')}
      </p>
    );
  }
  // Nobody is missing there: what is wrong is said below.
  if (record.state === 'differs' && record.found.includes(record.expected)) {
    return <p className={classes.say}>{t('domains.spf.mend')}</p>;
  }
  const { priority, value } = valueParts(record);
  const host = hostWithin(record.name, domain.registered);
  return (
    <dl className={classes.wanted}>
      <div className={classes.pair}>
        <dt>{t('domains.type')}</dt>
        <dd>
          <span className={classes.code}>{record.type}</span>
        </dd>
      </div>
      <div className={classes.pair} data-wide>
        <dt>{t('domains.host')}</dt>
        <dd>
          <Copyable value={host} mono />
          {host === record.name ? null : (
            <span className={classes.whole}>
              {t('domains.host.whole')} <Copyable value={record.name} mono />
            </span>
          )}
        </dd>
      </div>
      {priority === null ? null : (
        <div className={classes.pair}>
          <dt>{t('domains.priority')}</dt>
          <dd>
            <Copyable value={priority} mono />
          </dd>
        </div>
      )}
      <div className={classes.pair} data-whole>
        <dt>{t('domains.wanted')}</dt>
        <dd className={classes.value}>
          <span className={classes.code} dir="ltr">
            {value}
          </span>
          <CopyButton value={value} label={t('domains.copyValue')} />
        </dd>
      </div>
    </dl>
  );
}

function Found({ record }: { record: DomainRecord }) {
  const t = useText();
  const { state, found, faults, notes, lookups, trouble } = record;
  return (
    <div className={classes.seen} data-mark={state}>
      {state === 'unknown' ? null : (
        <dl className={classes.wanted}>
          <div className={classes.pair} data-whole>
            <dt>{t('domains.found')}</dt>
            <dd className={classes.value} data-seen>
              {found.length === 0 ? (
                <span className={classes.muted}>{t('domains.found.none')}</span>
              ) : (
                found.map((text, i) => (
                  <div key={i} className={classes.code} dir="ltr">
                    {text}
                  </div>
                ))
              )}
              {lookups === null ? null : (
                <div className={classes.muted}>{t('domains.lookups', { n: lookups })}</div>
              )}
            </dd>
          </div>
        </dl>
      )}
      {faults.length + notes.length > 0 || trouble !== null ? (
        <ul className={classes.words}>
          {faults.map((fault) => (
            <li key={`${fault.code} ${fault.detail}`} data-tone="danger" dir="auto">
              {faultWords(fault, t)}
            </li>
          ))}
          {trouble === null ? null : (
            <li data-tone="warning">{t('domains.trouble', { problem: trouble })}</li>
          )}
          {notes.map((note) => (
            <li key={note.code} dir="auto">
              {noteWords(note, t)}
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}
