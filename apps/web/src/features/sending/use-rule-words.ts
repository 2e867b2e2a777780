import type { FrequencyRuleDraft } from '@perennial/contracts';
import { useChannelName } from '@perennial/ui';
import { useIntl } from 'react-intl';
import { useText } from '../../app/text.tsx';

/** A rule in plain words: what it limits, and what becomes of what is more. */
export interface RuleWords {
  limit: string;
  after: string;
}

/** Says rules; names of categories are looked up by key. */
export function useRuleWords(
  nameOfCategory: (key: string) => string,
): (rule: FrequencyRuleDraft) => RuleWords {
  const t = useText();
  const intl = useIntl();
  const channelName = useChannelName();
  const any = (names: string[]): string => intl.formatList(names, { type: 'disjunction' });
  return (rule) => {
    const { kind, most, window, channels, tags, categories, counts } = rule;
    const parts = [
      channels.length > 0
        ? t('sending.rule.channels', { channels: any(channels.map(channelName)) })
        : '',
      tags.length > 0 ? t('sending.rule.tags', { tags: any(tags.map((tag) => `“${tag}”`)) }) : '',
      categories.length > 0
        ? t('sending.rule.categories', { categories: any(categories.map(nameOfCategory)) })
        : '',
    ].filter(Boolean);
    const apart = rule.each_channel ? `, ${t('sending.rule.apart')}` : '';
    const scope = `${parts.map((part) => ` ${part}`).join('')}${apart}`;
    const length =
      window.type === 'rolling' ? t('sending.rule.length', { n: window.n, unit: window.unit }) : '';
    const within =
      window.type === 'rolling'
        ? t('sending.rule.rolling', { length })
        : t('sending.rule.calendar', { unit: window.unit, zone: window.zone });
    return {
      limit:
        kind === 'gap'
          ? t('sending.rule.gap', { length, scope })
          : t('sending.rule.cap', { most, window: within, scope }),
      after: [t(`sending.rule.${rule.when_reached}`), counts === 'all' ? t('sending.rule.all') : '']
        .filter(Boolean)
        .join(' '),
    };
  };
}
