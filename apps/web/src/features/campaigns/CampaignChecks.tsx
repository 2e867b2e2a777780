import { Alert } from '@mantine/core';
import type { Campaign, MessageCheckResult } from '@perennial/contracts';
import { Panel, SkeletonLines } from '@perennial/ui';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useQueries } from '@tanstack/react-query';
import { FirstFew } from '../../app/FirstFew.tsx';
import { useApi, useRight } from '../../app/session.ts';
import { useText } from '../../app/text.tsx';
import { AudienceCheck } from '../messages/checks/AudienceCheck.tsx';
import { Fine } from '../messages/checks/ChecksButton.tsx';
import { FindingList, type FindingOf } from '../messages/checks/FindingList.tsx';
import { bySeverity, countFindings } from '../messages/checks/severity.ts';
import { useMessageNames } from '../messages/use-message-names.ts';
import classes from './Campaigns.module.css';

/** What checks say of the messages of a draft, and whether they render for its audience. */
export function CampaignChecks({ campaign }: { campaign: Campaign }) {
  const t = useText();
  const mayWrite = useRight('messages.write');
  const { findings, languages, isPending } = useFindings(campaign);
  if (messagesOf(campaign).length === 0) return null;
  return (
    <Panel title={t('checks.campaign.title')}>
      <div className={classes.form}>
        {isPending ? <SkeletonLines /> : null}
        {!isPending && findings.length === 0 ? <Fine /> : null}
        {findings.length > 0 ? (
          <div>
            <FirstFew items={findings} first={4}>
              {(shown) => <FindingList findings={shown} languages={languages} />}
            </FirstFew>
          </div>
        ) : null}
        {mayWrite && campaign.include.length > 0 ? (
          <AudienceCheck of={{ campaign: campaign.id }} />
        ) : null}
      </div>
    </Panel>
  );
}

/** Beside the start: errors do not stop it, since a check may be wrong about a message. */
export function ErrorsBeforeStart({ campaign }: { campaign: Campaign }) {
  const t = useText();
  const { errors } = countFindings(useFindings(campaign).findings);
  if (errors === 0) return null;
  return (
    <Alert variant="light" color="yellow" icon={<IconAlertTriangle size={16} />} my="sm">
      {t('checks.campaign.start', { errors })}
    </Alert>
  );
}

function messagesOf({ message, split }: Campaign): string[] {
  return [message, ...(split?.others ?? [])].filter((id) => id !== null);
}

function useFindings(campaign: Campaign) {
  const api = useApi();
  const { nameOf } = useMessageNames();
  const messages = messagesOf(campaign);
  const results = useQueries({
    queries: messages.map((id) => ({
      queryKey: [api.workspace, 'messages', id, 'check'],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        api.post<MessageCheckResult>(`/messages/${id}/check`, {}, { signal }),
      staleTime: 10_000,
      retry: false,
    })),
  });
  return {
    findings: results
      .flatMap(({ data }, index) =>
        (data?.findings ?? []).map((finding): FindingOf => {
          return messages.length > 1 ? { ...finding, of: nameOf(messages[index]!) } : finding;
        }),
      )
      .toSorted(bySeverity),
    languages: Math.max(1, ...results.map(({ data }) => data?.languages.length ?? 1)),
    isPending: results.some(({ isPending }) => isPending),
  };
}
