import { Alert, Anchor, Button } from '@mantine/core';
import type { SenderDomain } from '@perennial/contracts';
import { Page, PageHeader, SkeletonLines, Time } from '@perennial/ui';
import { IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { useChange, useRead } from '../../app/data.ts';
import { Problem } from '../../app/Problem.tsx';
import { useRight } from '../../app/session.ts';
import { useShowProblem } from '../../app/show-problem.ts';
import { Rich, useText } from '../../app/text.tsx';
import { useTo } from '../../app/use-to.ts';
import { DomainMenu } from './DomainMenu.tsx';
import { DomainState } from './DomainState.tsx';
import { HistoryPanel } from './HistoryPanel.tsx';
import { KeysPanel } from './KeysPanel.tsx';
import { neededRecords } from './record-looks.ts';
import { RecordsPanel } from './RecordsPanel.tsx';
import { ReturnDomainPanel } from './ReturnDomainPanel.tsx';
import classes from './SenderDomains.module.css';
import { SendersPanel } from './SendersPanel.tsx';
import { VendorPanels } from './VendorPanels.tsx';
import { WhoSendsPanel } from './WhoSendsPanel.tsx';

const EVERY_MS = 15_000;

/** One domain: what is to stand in DNS, what stands there, its keys and its senders. */
export function DomainPage() {
  const t = useText();
  const to = useTo();
  const { id = '' } = useParams();
  const domain = useRead<SenderDomain>(`/sender_domains/${id}`, { every: EVERY_MS });
  const [asking, setAsking] = useState(false);
  const { data } = domain;
  const back = (
    <Anchor component={Link} to={to('settings/domains')} size="sm" c="dimmed">
      {t('domains.all')}
    </Anchor>
  );
  if (domain.error && !data)
    return (
      <Page header={<PageHeader title={t('domains.page')} back={back} />}>
        <Problem error={domain.error} onRetry={() => void domain.refetch()} />
      </Page>
    );
  return (
    <Page
      width="reading"
      header={
        <PageHeader
          title={data?.display}
          loading={!data}
          back={back}
          status={data ? <DomainState state={data.state} variant="soft" /> : null}
          detail={data ? <Checked domain={data} /> : null}
          actions={
            data ? (
              <>
                <CheckButton domain={data} onAsking={setAsking} />
                <DomainMenu domain={data} />
              </>
            ) : null
          }
        />
      }
    >
      {data ? (
        <div className={classes.panels}>
          <Summary domain={data} asking={asking} />
          <RecordsPanel domain={data} asking={asking} />
          <VendorPanels domain={data} />
          {data.carried_by === 'us' ? (
            <>
              <WhoSendsPanel key={`${data.id} ${data.updated_at}`} domain={data} />
              <KeysPanel domain={data} />
              <ReturnDomainPanel key={`return ${data.updated_at}`} domain={data} />
            </>
          ) : null}
          <SendersPanel domain={data} />
          <HistoryPanel domain={data} />
        </div>
      ) : (
        <SkeletonLines lines={12} />
      )}
    </Page>
  );
}

function Checked({ domain: { checked_at: at, check_at: next, domain, display } }: WithDomain) {
  const t = useText();
  // What is due already is under way; "next" would have to name an instant that has passed.
  const isDue = Date.parse(next) <= Date.now();
  return (
    <>
      {domain === display ? null : `${domain} · `}
      {at === null ? (
        t('domains.mark.unknown')
      ) : (
        <Rich id="domains.checked" values={{ at: <Time key="at" at={at} /> }} />
      )}
      {isDue ? null : (
        <>
          {' · '}
          <Rich id="domains.checkedNext" values={{ at: <Time key="next" at={next} /> }} />
        </>
      )}
    </>
  );
}

interface WithDomain {
  domain: SenderDomain;
}

function CheckButton({
  domain: { id },
  onAsking,
}: WithDomain & { onAsking: (asking: boolean) => void }) {
  const t = useText();
  const mayWrite = useRight('settings.write');
  const showProblem = useShowProblem();
  const check = useChange<void, SenderDomain>(
    (api) => api.post(`/sender_domains/${id}/check`),
    ['/sender_domains', '/senders'],
  );
  if (!mayWrite) return null;
  const ask = () => {
    onAsking(true);
    check.mutate(undefined, { onError: showProblem, onSettled: () => onAsking(false) });
  };
  return (
    <Button leftSection={<IconRefresh size={16} />} loading={check.isPending} onClick={ask}>
      {t('domains.check')}
    </Button>
  );
}

/** How far it is, in a sentence. */
function Summary({ domain, asking }: WithDomain & { asking: boolean }) {
  const t = useText();
  const needed = neededRecords(domain);
  const values = {
    all: needed.length,
    right: needed.filter(({ state }) => state === 'right').length,
  };
  const words = asking
    ? t('domains.checking', { n: domain.records.length })
    : t(
        domain.state === 'verified'
          ? 'domains.done.verified'
          : domain.state === 'broken'
            ? 'domains.done.broken'
            : 'domains.done.open',
        values,
      );
  const colour = { verified: {}, pending: { color: 'gray' }, broken: { color: 'red' } } as const;
  return (
    <Alert {...colour[domain.state]} variant="light" role="status">
      {words}
    </Alert>
  );
}
