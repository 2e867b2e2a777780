import { Button, UnstyledButton } from '@mantine/core';
import type { ListedVersion, PersonalisationDifference, VersionChange } from '@perennial/contracts';
import { SkeletonLines, StatusBadge, Time } from '@perennial/ui';
import { useIntl } from 'react-intl';
import { useList } from '../../../app/data.ts';
import { Problem } from '../../../app/Problem.tsx';
import { useText } from '../../../app/text.tsx';
import { inFormOrder } from './in-form-order.ts';
import { useFieldName } from './use-field-name.ts';
import { languageName } from './language-name.ts';
import classes from './Versions.module.css';

interface VersionListProps {
  id: string;
  current: number;
  shown: number;
  onShow: (version: number) => void;
}

/** Versions, newest first: who made each, when, and what it changed. */
export function VersionList({ id, current, shown, onShow }: VersionListProps) {
  const t = useText();
  const versions = useList<ListedVersion>(`/messages/${id}/versions`, { query: { limit: 50 } });
  if (versions.error && versions.items.length === 0) {
    return <Problem error={versions.error} onRetry={versions.retry} />;
  }
  if (versions.loading) return <SkeletonLines lines={6} />;
  return (
    <>
      <ol className={classes.versions} reversed>
        {versions.items.map((version) => (
          <li key={version.version}>
            <UnstyledButton
              className={classes.version}
              aria-current={version.version === shown || undefined}
              onClick={() => onShow(version.version)}
            >
              <span className={classes.versionHead}>
                <strong>{t('versions.number', { version: version.version })}</strong>
                {version.version === current ? (
                  <StatusBadge tone="success">{t('versions.current')}</StatusBadge>
                ) : null}
                <span className={classes.when}>
                  <Time at={version.created_at} />
                </span>
              </span>
              <Changes version={version} />
              {version.created_by ? (
                <span className={classes.by}>{t('versions.by', { name: version.created_by })}</span>
              ) : null}
            </UnstyledButton>
          </li>
        ))}
      </ol>
      {versions.hasMore ? (
        <Button
          variant="subtle"
          color="gray"
          size="xs"
          loading={versions.loadingMore}
          onClick={versions.more}
        >
          {t('versions.more')}
        </Button>
      ) : null}
    </>
  );
}

function Changes({ version }: { version: ListedVersion }) {
  const t = useText();
  const wordsOf = useChangeWords();
  const ruleWords = useRuleWords();
  if (version.restored_from !== null) {
    return <span>{t('versions.restoredFrom', { version: version.restored_from })}</span>;
  }
  if (version.version === 1) return <span>{t('versions.first')}</span>;
  const rules = version.personalisation_changes;
  return (
    <>
      {version.changes.map((change) => (
        <span key={change.language}>{wordsOf(change)}</span>
      ))}
      {rules.length > 0 ? <span>{t('versions.rules', { rules: ruleWords(rules) })}</span> : null}
    </>
  );
}

function useChangeWords(): (change: VersionChange) => string {
  const t = useText();
  const intl = useIntl();
  const fieldName = useFieldName();
  return ({ language: tag, change, fields }) => {
    const language = languageName(tag);
    if (change !== 'changed') return t(`versions.${change}`, { language });
    const names = intl.formatList(inFormOrder(fields).map(fieldName), { type: 'conjunction' });
    return t('versions.changed', { language, fields: names });
  };
}

/** Choices by name, and the variables whose fallbacks are others, each once. */
function useRuleWords(): (rules: readonly PersonalisationDifference[]) => string {
  const t = useText();
  const intl = useIntl();
  return (rules) => {
    const names = rules.map(({ rule, variable }) =>
      rule === 'fallback'
        ? t('versions.rules.fallback', { variable })
        : t(`versions.rules.${rule}`),
    );
    return intl.formatList([...new Set(names)], { type: 'conjunction' });
  };
}
