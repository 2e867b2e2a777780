import type { Settings } from '../blocks-forms/form-props.ts';
import { WhereField } from '../blocks-forms/fields/WhereField.tsx';
import { withMembers } from '../blocks-forms/with-members.ts';
import { LookbackField } from './LookbackField.tsx';
import type { PartFormProps } from './part-props.ts';

/** An order of the contact ends its runs. */
export function OrderStopForm({ part, onChange, vocabulary, errorAt }: PartFormProps) {
  const change = (members: Settings) => onChange(withMembers(part, members));
  return (
    <>
      <WhereField
        value={part['where']}
        onChange={(where) => change({ where })}
        error={errorAt('/where')}
        vocabulary={vocabulary}
      />
      <LookbackField
        value={part['lookback']}
        onChange={(lookback) => change({ lookback })}
        error={errorAt('/lookback')}
      />
    </>
  );
}
