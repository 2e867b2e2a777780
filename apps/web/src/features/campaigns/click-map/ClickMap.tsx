import type { CampaignReport, MessagePreview } from '@perennial/contracts';
import { SkeletonBlock } from '@perennial/ui';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useIntl } from 'react-intl';
import type { ApiProblem } from '../../../api.ts';
import { Problem } from '../../../app/Problem.tsx';
import { useApi } from '../../../app/session.ts';
import { useText } from '../../../app/text.tsx';
import { HtmlFrame } from '../../messages/preview/HtmlFrame.tsx';
import { annotateClicks } from './annotate-clicks.ts';
import classes from './ClickMap.module.css';

interface ClickMapProps {
  message: string;
  links: CampaignReport['links'];
}

/** The message as it looks, with the share of clicks at each link. */
export function ClickMap({ message, links }: ClickMapProps) {
  const t = useText();
  const intl = useIntl();
  const { data, error, isPending, refetch } = useRendered(message);
  const html = typeof data?.content?.['html'] === 'string' ? data.content['html'] : null;
  const own = useMemo(() => links.filter((link) => link.message === message), [links, message]);
  const map = useMemo(
    () =>
      html === null
        ? null
        : annotateClicks(html, {
            links: own,
            say: (clicks, share) =>
              clicks === 0
                ? '0'
                : `${intl.formatNumber(clicks)} · ${intl.formatNumber(share, { style: 'percent' })}`,
          }),
    [html, own, intl],
  );
  if (isPending) return <SkeletonBlock height={420} />;
  if (error) return <Problem error={error} onRetry={() => void refetch()} />;
  if (!map) return <p className={classes.note}>{t('campaigns.map.none')}</p>;
  return (
    <>
      <div className={classes.stage}>
        <HtmlFrame html={map.html} title={t('campaigns.map')} />
      </div>
      <p className={classes.note}>
        {t('campaigns.map.note')}
        {map.elsewhere > 0 ? ` ${t('campaigns.map.elsewhere', { n: map.elsewhere })}` : ''}
      </p>
    </>
  );
}

/** For nobody in particular. */
function useRendered(message: string) {
  const api = useApi();
  return useQuery<MessagePreview, ApiProblem>({
    queryKey: [api.workspace, 'click-map', message],
    queryFn: ({ signal }) =>
      api.post<MessagePreview>(`/messages/${message}/preview`, {}, { signal }),
    staleTime: 60_000,
    retry: false,
  });
}
