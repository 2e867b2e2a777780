import type { JsonObject } from '@perennial/conditions';
import type { TextId } from '../../app/catalogue.ts';
import { useText } from '../../app/text.tsx';
import type { ConditionFormProps } from './form-props.ts';
import { PeriodFields } from './PeriodFields.tsx';
import { Pick } from './small-inputs.tsx';
import classes from './Conditions.module.css';

/** Membership of a list or of another segment. */
export function SegmentForm({ condition, onChange, vocabulary }: ConditionFormProps) {
  const t = useText();
  return (
    <div className={classes.line}>
      <span className={classes.word}>{t('conditions.segment.in')}</span>
      <Pick
        wide
        searchable
        label={t('conditions.group.segments')}
        options={vocabulary.segments}
        value={textOf(condition['segment'])}
        onChange={(segment) => onChange({ ...condition, segment })}
      />
    </div>
  );
}

/** A subscription category. */
export function CategoryForm({ condition, onChange, vocabulary }: ConditionFormProps) {
  const t = useText();
  return (
    <div className={classes.line}>
      <span className={classes.word}>{t('conditions.category.in')}</span>
      <Pick
        wide
        searchable
        label={t('conditions.group.categories')}
        options={vocabulary.categories}
        value={textOf(condition['category'])}
        onChange={(category) => onChange({ ...condition, category })}
      />
    </div>
  );
}

/** What the addresses of a channel are like, of one app or of any. */
export function ChannelForm({ condition, onChange, vocabulary }: ConditionFormProps) {
  const t = useText();
  const channel = vocabulary.channels.find(({ value }) => value === condition['channel']);
  const { app, ...withoutApp } = condition;
  const hasApps = channel?.value.endsWith('push') || app !== undefined;
  return (
    <div className={classes.line}>
      <Pick
        wide
        label={t('conditions.group.channels')}
        options={vocabulary.channels}
        value={textOf(condition['channel'])}
        onChange={(key) => onChange({ ...withoutApp, channel: key })}
      />
      <Pick
        wide
        label={t('conditions.state')}
        options={(channel?.states ?? []).map((state) => ({
          value: state,
          label: t(`conditions.state.${state}` as TextId),
        }))}
        value={textOf(condition['state'])}
        onChange={(state) => onChange({ ...condition, state })}
      />
      {hasApps && vocabulary.apps.length > 0 ? (
        <Pick
          wide
          label={t('conditions.app')}
          options={[{ value: '', label: t('conditions.app.any') }, ...vocabulary.apps]}
          value={textOf(app) ?? ''}
          onChange={(key) => onChange(key === '' ? withoutApp : { ...withoutApp, app: key })}
        />
      ) : null}
    </div>
  );
}

const RUN_STATES = ['entered', 'running', 'completed', 'stopped', 'failed'] as const;

/** Runs of a workflow, by what became of them. */
export function WorkflowForm({ condition, onChange, vocabulary }: ConditionFormProps) {
  const t = useText();
  return (
    <>
      <div className={classes.line}>
        <Pick
          wide
          searchable
          label={t('conditions.group.workflows')}
          options={vocabulary.workflows}
          value={textOf(condition['workflow'])}
          onChange={(workflow) => onChange({ ...condition, workflow })}
        />
        <Pick
          wide
          label={t('conditions.run')}
          options={RUN_STATES.map((state) => ({
            value: state,
            label: t(`conditions.run.${state}`),
          }))}
          value={textOf(condition['state'])}
          onChange={(state) => onChange({ ...condition, state })}
        />
      </div>
      <div className={classes.line}>
        <PeriodFields
          use="facts"
          period={(condition['period'] as JsonObject | undefined) ?? { kind: 'ever' }}
          onChange={(period) => onChange({ ...condition, period })}
        />
      </div>
    </>
  );
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
