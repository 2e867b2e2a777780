import { useText } from '../../../app/text.tsx';
import { EventField } from './fields/EventField.tsx';
import { ParameterField } from './fields/ParameterField.tsx';
import { ParamsField } from './fields/ParamsField.tsx';
import { WhomField } from './fields/WhomField.tsx';
import type { BlockFormProps, Settings } from './form-props.ts';
import { schemaAt } from './schema-at.ts';
import { withMembers } from './with-members.ts';

/** Which event happens, to whom, with what. */
export function LaunchEventForm({ type, settings, onChange, scope, errorAt }: BlockFormProps) {
  const t = useText();
  const change = (part: Settings) => onChange(withMembers(settings, part));
  return (
    <>
      <EventField
        vocabulary={scope.vocabulary}
        value={settings['event']}
        onChange={(event) => change({ event })}
        error={errorAt('/event')}
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
      <ParameterField
        label={t('blockForms.launchEvent.key')}
        description={t('blockForms.launchEvent.key.hint')}
        value={settings['key']}
        onChange={(key) => change({ key })}
        error={errorAt('/key')}
        scope={scope}
        schema={schemaAt(type, 'key')}
      />
    </>
  );
}
