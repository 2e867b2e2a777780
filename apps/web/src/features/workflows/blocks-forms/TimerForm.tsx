import { Switch } from '@mantine/core';
import { useText } from '../../../app/text.tsx';
import { DurationField } from './fields/DurationField.tsx';
import { TimeLiteral } from './fields/literals.tsx';
import { ParameterField } from './fields/ParameterField.tsx';
import { WeekdaysField } from './fields/WeekdaysField.tsx';
import { ZoneField } from './fields/ZoneField.tsx';
import type { BlockFormProps, Settings } from './form-props.ts';
import { recordOf } from './record-of.ts';
import { schemaAt } from './schema-at.ts';
import { withMembers } from './with-members.ts';
import classes from './BlocksForms.module.css';

/** A length of time, then a time of day, or one of them. */
export function TimerForm({ type, settings, onChange, scope, errorAt }: BlockFormProps) {
  const t = useText();
  const { wait, until } = settings;
  const change = (part: Settings) => onChange(withMembers(settings, part));
  return (
    <>
      <Switch
        label={t('blockForms.timer.wait')}
        checked={wait !== undefined}
        onChange={({ currentTarget: { checked } }) =>
          change({ wait: checked ? { n: 1, unit: 'day' } : undefined })
        }
      />
      {wait === undefined ? null : (
        <div className={classes.nested}>
          <DurationField
            label={t('blockForms.timer.howLong')}
            value={recordOf(wait)}
            onChange={(next) => change({ wait: next })}
            error={errorAt('/wait')}
            scope={scope}
            schema={schemaAt(type, 'wait', 'n')}
          />
        </div>
      )}
      <Switch
        label={t(wait === undefined ? 'blockForms.timer.until' : 'blockForms.timer.thenUntil')}
        checked={until !== undefined}
        onChange={({ currentTarget: { checked } }) =>
          change({ until: checked ? { time: '09:00', zone: 'contact' } : undefined })
        }
      />
      {until === undefined ? null : (
        <div className={classes.nested}>
          <Until
            type={type}
            settings={recordOf(until)}
            onChange={(next) => change({ until: next })}
            scope={scope}
            errorAt={(path) => errorAt(`/until${path}`)}
          />
        </div>
      )}
    </>
  );
}

function Until({ type, settings, onChange, scope, errorAt }: BlockFormProps) {
  const t = useText();
  const change = (part: Settings) => onChange(withMembers(settings, part));
  return (
    <>
      <ParameterField
        label={t('blockForms.time')}
        literal={TimeLiteral}
        value={settings['time']}
        onChange={(time) => change({ time })}
        error={errorAt('/time')}
        scope={scope}
        schema={schemaAt(type, 'until', 'time')}
      />
      <WeekdaysField
        label={t('blockForms.timer.weekdays')}
        description={t('blockForms.timer.weekdays.hint')}
        value={settings['weekdays']}
        onChange={(weekdays) => change({ weekdays })}
        error={errorAt('/weekdays')}
      />
      <ZoneField
        value={settings['zone']}
        onChange={(zone) => change({ zone })}
        error={errorAt('/zone')}
      />
    </>
  );
}
