import { Select } from '@mantine/core';
import { checkLimits } from '@perennial/blocks';
import { sendWindowSchema } from '@perennial/contracts';
import { useText } from '../../../app/text.tsx';
import { HoursField } from '../../sending/HoursField.tsx';
import { USUAL_HOURS } from '../../sending/hours.ts';
import type { Settings } from '../blocks-forms/form-props.ts';
import { withMembers } from '../blocks-forms/with-members.ts';
import { OftenField } from './OftenField.tsx';
import { partErrors } from './part-errors.ts';
import classes from '../blocks-forms/BlocksForms.module.css';

interface LimitsFormProps {
  limits: Settings;
  readOnly: boolean;
  onChange: (limits: Settings) => void;
}

const AT_A_TIME = ['key', 'contact', 'any'] as const;
const HOURS = ['message', 'workspace', 'any', 'own'] as const;

/** How often somebody may pass, how many runs at a time, and at which hours messages leave. */
export function LimitsForm({ limits, readOnly, onChange }: LimitsFormProps) {
  const t = useText();
  const { errorAt } = partErrors(limits, checkLimits, t);
  const change = (members: Settings) => onChange(withMembers(limits, members));
  const { one_at_a_time: oneAtATime } = limits;
  const atATime = oneAtATime === 'contact' ? 'contact' : oneAtATime === false ? 'any' : 'key';
  return (
    <fieldset className={classes.form} disabled={readOnly}>
      <OftenField
        label={t('startForms.reentry')}
        hint={t('startForms.reentry.hint')}
        always="always"
        words="reentry"
        value={limits['reentry']}
        onChange={(reentry) => change({ reentry })}
        error={errorAt('/reentry')}
      />
      <Select
        label={t('startForms.atATime')}
        description={t(`startForms.atATime.${atATime}.hint`)}
        inputWrapperOrder={['label', 'input', 'error', 'description']}
        data={AT_A_TIME.map((value) => ({ value, label: t(`startForms.atATime.${value}`) }))}
        allowDeselect={false}
        error={errorAt('/one_at_a_time')}
        value={atATime}
        onChange={(chosen) =>
          change({ one_at_a_time: chosen === 'key' ? true : chosen === 'any' ? false : chosen })
        }
      />
      <SendHours
        value={limits['send_hours']}
        readOnly={readOnly}
        onChange={(hours) => change({ send_hours: hours })}
        error={errorAt('/send_hours')}
      />
    </fieldset>
  );
}

interface SendHoursProps {
  value: unknown;
  readOnly: boolean;
  onChange: (hours: unknown) => void;
  error: string | undefined;
}

function SendHours({ value, readOnly, onChange, error }: SendHoursProps) {
  const t = useText();
  const own = sendWindowSchema.safeParse(value);
  const kind = own.success ? 'own' : (HOURS.find((each) => each === value) ?? 'message');
  return (
    <>
      <Select
        label={t('startForms.sendHours')}
        description={t('startForms.sendHours.hint')}
        inputWrapperOrder={['label', 'input', 'error', 'description']}
        data={HOURS.map((each) => ({ value: each, label: t(`startForms.sendHours.${each}`) }))}
        allowDeselect={false}
        error={error}
        value={kind}
        onChange={(chosen) =>
          onChange(chosen === 'own' ? USUAL_HOURS : chosen === 'message' ? undefined : chosen)
        }
      />
      {own.success ? (
        <div className={classes.nested}>
          <HoursField value={own.data} readOnly={readOnly} onChange={onChange} />
        </div>
      ) : null}
    </>
  );
}
