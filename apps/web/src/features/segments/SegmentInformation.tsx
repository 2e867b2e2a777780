import { Anchor, Textarea } from '@mantine/core';
import type { SegmentDetail } from '@perennial/contracts';
import { Copyable, Fact, Facts, Panel, Snippet, Time } from '@perennial/ui';
import { useState } from 'react';
import { FormattedNumber } from 'react-intl';
import { Link } from 'react-router';
import { useChange } from '../../app/data.ts';
import { useRight } from '../../app/session.ts';
import { useShowProblem } from '../../app/show-problem.ts';
import { useText } from '../../app/text.tsx';
import { useTo } from '../../app/use-to.ts';
import { causeWord } from './cause-word.ts';
import { RulePanel } from './RulePanel.tsx';
import { SizeChart } from './SizeChart.tsx';
import { TagsField } from './TagsField.tsx';
import classes from './Segments.module.css';

/** The rule, the size over time, what it is for, what uses it, how programs name it. */
export function SegmentInformation({ segment }: { segment: SegmentDetail }) {
  const t = useText();
  return (
    <div className={classes.columns}>
      <div className={classes.column}>
        {segment.kind === 'dynamic' ? <RulePanel segment={segment} /> : null}
        <SizeChart id={segment.id} />
        <AboutPanel key={`${segment.purpose} ${segment.tags.join()}`} segment={segment} />
      </div>
      <div className={classes.column}>
        <Panel title={t('segments.tab.information')}>
          <Facts>
            <Fact label={t('segments.information.id')}>
              <Copyable value={segment.id} mono />
            </Fact>
            <Fact label={t('segments.information.key')}>
              <Copyable value={segment.key} mono />
            </Fact>
            <Fact label={t('segments.column.size')}>
              <FormattedNumber value={segment.size} />
            </Fact>
            <Fact label={t('segments.column.source')}>{causeWord(segment.source, t)}</Fact>
            <Fact label={t('segments.column.created')}>
              <Time at={segment.created_at} style="exact" />
            </Fact>
            <Fact label={t('segments.column.changed')}>
              <Time at={segment.changed_at} style="exact" />
            </Fact>
            {segment.computed_at === null ? null : (
              <Fact label={t('segments.information.computed')}>
                <Time at={segment.computed_at} style="exact" />
                {segment.took_ms === null ? null : (
                  <span className={classes.took}>
                    <FormattedNumber
                      value={segment.took_ms / 1000}
                      style="unit"
                      unit="second"
                      maximumFractionDigits={1}
                    />
                  </span>
                )}
              </Fact>
            )}
          </Facts>
        </Panel>
        <Panel title={t('segments.information.uses')}>
          <Uses uses={segment.used_by} />
        </Panel>
        {segment.kind === 'list' ? (
          <Panel title={t('segments.information.code')}>
            <p className={classes.none}>{t('segments.information.codeHint')}</p>
            <Snippet code={snippetOf(segment.id)} />
          </Panel>
        ) : null}
      </div>
    </div>
  );
}

/** Saved when a field is left. */
function AboutPanel({ segment }: { segment: SegmentDetail }) {
  const t = useText();
  const mayWrite = useRight('segments.write') && segment.archived_at === null;
  const showProblem = useShowProblem();
  const [purpose, setPurpose] = useState(segment.purpose);
  const save = useChange(
    (api, body: { purpose?: string; tags?: string[] }) =>
      api.patch(`/segments/${segment.id}`, body),
    ['/segments', '/tags'],
  );
  const change = (body: { purpose?: string; tags?: string[] }) =>
    save.mutate(body, { onError: showProblem });
  return (
    <Panel title={t('segments.information.about')}>
      <div className={classes.form}>
        <Textarea
          label={t('segments.new.purpose')}
          value={purpose}
          maxLength={2000}
          autosize
          minRows={2}
          maxRows={12}
          dir="auto"
          readOnly={!mayWrite}
          onChange={(event) => setPurpose(event.currentTarget.value)}
          onBlur={() => {
            if (purpose.trim() !== segment.purpose) change({ purpose: purpose.trim() });
          }}
        />
        <TagsField
          label={t('segments.new.tags')}
          value={segment.tags}
          disabled={!mayWrite}
          onChange={(tags) => change({ tags })}
        />
      </div>
    </Panel>
  );
}

const PATH_OF_USE = {
  workflow: 'workflows',
  segment: 'segments',
  campaign: 'campaigns',
} as const;

function Uses({ uses }: { uses: SegmentDetail['used_by'] }) {
  const t = useText();
  const to = useTo();
  if (uses.length === 0) return <p className={classes.none}>{t('segments.information.unused')}</p>;
  return (
    <Facts>
      {uses.map(({ kind, id, name }) => (
        <Fact key={`${kind} ${id}`} label={t(`segments.information.use.${kind}`)}>
          <Anchor component={Link} to={to(`${PATH_OF_USE[kind]}/${id}`)} inherit dir="auto">
            {name}
          </Anchor>
        </Fact>
      ))}
    </Facts>
  );
}

function snippetOf(id: string): string {
  return [
    `curl ${location.origin}/manage/v1/segments/${id}/members \\`,
    `  -H "Authorization: Bearer $KEY" \\`,
    `  -H "Content-Type: application/json" \\`,
    `  -d '{"add": [{"external_id": "u-1001"}, {"email": "ada@example.com"}]}'`,
  ].join('\n');
}
