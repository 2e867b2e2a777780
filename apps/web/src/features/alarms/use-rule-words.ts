import type { AlarmRule, Tag, WorkflowListItem } from '@perennial/contracts';
import { useChannelName } from '@perennial/ui';
import { useIntl } from 'react-intl';
import { useList } from '../../app/data.ts';
import { useText } from '../../app/text.tsx';
import { useMessageNames } from '../messages/use-message-names.ts';

/** What is offered where a rule names something. */
export function useRuleNames() {
  const workflows = useList<WorkflowListItem>('/workflows', { query: { limit: 500 } }).items;
  const tags = useList<Tag>('/tags', { query: { limit: 500 } }).items;
  return { workflows, tags };
}

/** A rule as a sentence. */
export function useRuleWords(): (rule: AlarmRule) => string {
  const t = useText();
  const intl = useIntl();
  const channelName = useChannelName();
  const { nameOf } = useMessageNames();
  const { workflows, tags } = useRuleNames();

  function seriesWords(series: AlarmRule['series']): string {
    if (series.kind === 'event') return t('alarms.series.event', { event: series.event });
    if (series.kind === 'sends') {
      if (series.message) {
        return t('alarms.series.sendsOf', { message: nameOf(series.message) ?? series.message });
      }
      if (series.tag) {
        const tag = tags.find(({ id }) => id === series.tag)?.name ?? series.tag;
        return t('alarms.series.sendsTag', { tag });
      }
      return series.channel
        ? t('alarms.series.sendsBy', { channel: channelName(series.channel) })
        : t('alarms.series.sends');
    }
    if (!series.workflow) return t(`alarms.series.${series.kind}All`);
    const workflow = workflows.find(({ id }) => id === series.workflow)?.name ?? series.workflow;
    return t(`alarms.series.${series.kind}`, { workflow });
  }

  return ({ series: counted, period, direction, threshold }) => {
    const series = seriesWords(counted);
    if (threshold.kind === 'usual') return t('alarms.what.usual', { direction, period, series });
    const bound = intl.formatNumber(threshold.value);
    return t('alarms.what', { direction, period, series, bound });
  };
}
