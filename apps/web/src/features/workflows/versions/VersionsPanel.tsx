import { Button } from '@mantine/core';
import type { Workflow, WorkflowVersionListItem } from '@perennial/contracts';
import { EmptyState, Inspector, SkeletonLines, StatusBadge, Time } from '@perennial/ui';
import { IconHistory } from '@tabler/icons-react';
import { useList } from '../../../app/data.ts';
import { useText } from '../../../app/text.tsx';
import classes from './Versions.module.css';

interface VersionsPanelProps {
  workflow: Workflow;
  onCompare: (version: number) => void;
  onClose: () => void;
}

/** All publications of a workflow, newest first, each to be compared with the draft. */
export function VersionsPanel({ workflow, onCompare, onClose }: VersionsPanelProps) {
  const t = useText();
  const versions = useList<WorkflowVersionListItem>(`/workflows/${workflow.id}/versions`);
  return (
    <Inspector leavesFocus title={t('workflows.versions')} onClose={onClose}>
      {versions.loading ? <SkeletonLines lines={4} /> : null}
      {!versions.loading && versions.items.length === 0 ? (
        <EmptyState icon={IconHistory} title={t('workflows.versions.none.title')}>
          {t('workflows.versions.none.detail')}
        </EmptyState>
      ) : null}
      <ol className={classes.versions}>
        {versions.items.map((version) => (
          <li key={version.version} className={classes.version}>
            <div className={classes.versionText}>
              <span className={classes.versionName}>
                {t('workflows.versions.version', { version: version.version })}
                {version.version === workflow.published_version ? (
                  <StatusBadge variant="soft" tone="success">
                    {t('workflows.versions.live')}
                  </StatusBadge>
                ) : null}
              </span>
              <span className={classes.versionDetail}>
                <Time at={version.published_at} />
                {version.published_by
                  ? ` ${t('workflows.versions.by', { name: version.published_by })}`
                  : null}
                {` · ${t('workflows.versions.blocks', { count: version.blocks })}`}
              </span>
            </div>
            <Button size="xs" variant="default" onClick={() => onCompare(version.version)}>
              {t('workflows.versions.compare')}
            </Button>
          </li>
        ))}
      </ol>
      {versions.hasMore ? (
        <Button variant="subtle" size="xs" loading={versions.loadingMore} onClick={versions.more}>
          {t('workflows.versions.more')}
        </Button>
      ) : null}
    </Inspector>
  );
}
