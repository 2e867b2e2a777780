import { useText } from '../../../app/text.tsx';
import { NamedSelect } from './fields/NamedSelect.tsx';
import { ParamsField } from './fields/ParamsField.tsx';
import { WhomField } from './fields/WhomField.tsx';
import type { BlockFormProps, Settings } from './form-props.ts';
import { withMembers } from './with-members.ts';

/** Which workflow starts, for whom, with what. */
export function StartWorkflowForm({ type, settings, onChange, scope, errorAt }: BlockFormProps) {
  const t = useText();
  const change = (part: Settings) => onChange(withMembers(settings, part));
  return (
    <>
      <NamedSelect
        label={t('blockForms.workflow')}
        description={t('blockForms.workflow.hint')}
        options={scope.vocabulary.workflows}
        value={settings['workflow']}
        onChange={(workflow) => change({ workflow })}
        error={errorAt('/workflow')}
      />
      <WhomField
        type={type}
        value={settings['contact']}
        onChange={(contact) => change({ contact })}
        error={errorAt('/contact')}
        scope={scope}
      />
      <ParamsField
        value={settings['params']}
        onChange={(params) => change({ params })}
        errorAt={(path) => errorAt(`/params${path}`)}
        scope={scope}
      />
    </>
  );
}
