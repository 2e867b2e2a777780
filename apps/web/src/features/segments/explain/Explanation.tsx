import type { JsonObject } from '@perennial/conditions';
import type { ExplainedCondition, SegmentExplanation } from '@perennial/contracts';
import { SkeletonLines, Time } from '@perennial/ui';
import { IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ApiProblem } from '../../../api.ts';
import { Problem } from '../../../app/Problem.tsx';
import { Rich, useText } from '../../../app/text.tsx';
import { ExplainTree } from './ExplainTree.tsx';
import classes from './Explain.module.css';

interface ExplanationProps {
  read: UseQueryResult<SegmentExplanation, ApiProblem>;
  say: (rule: JsonObject) => string | undefined;
}

/** Why somebody is in a segment, or is not, and when that may change by time alone. */
export function Explanation({ read, say }: ExplanationProps) {
  const t = useText();
  const { data, error } = read;
  if (error) return <Problem error={error} onRetry={() => void read.refetch()} />;
  if (!data) return <SkeletonLines lines={5} />;
  const { member, kept, next_change_at: next, missing, tree } = data;
  return (
    <div>
      <p className={classes.verdict} data-member={member}>
        {member ? <IconCircleCheck size={18} /> : <IconCircleX size={18} />}
        {t(member ? 'segments.explain.in' : 'segments.explain.out')}
      </p>
      {kept?.entered_at ? (
        <p className={classes.note}>
          <Rich
            id="segments.explain.since"
            values={{ at: <Time key="at" at={kept.entered_at} style="exact" /> }}
          />
        </p>
      ) : null}
      {kept && kept.member !== member ? (
        <p className={classes.note}>
          {t(`segments.explain.behind.${member ? 'enters' : 'leaves'}`)}
        </p>
      ) : null}
      <p className={classes.note}>
        {next === null ? (
          t('segments.explain.never')
        ) : (
          <Rich
            id="segments.explain.stays"
            values={{ at: <Time key="at" at={next} style="exact" /> }}
          />
        )}
      </p>
      {missing.length > 0 ? (
        <p className={classes.note}>
          {t('segments.explain.missing', { paths: missing.join(', ') })}
        </p>
      ) : null}
      <ExplainTree tree={tree as ExplainedCondition} say={say} />
    </div>
  );
}
