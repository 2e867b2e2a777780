import { Button, TextInput } from '@mantine/core';
import type { Message, NewWorkflow, Workflow } from '@perennial/contracts';
import { Page, PageHeader } from '@perennial/ui';
import { useMemo, useState, type FormEvent } from 'react';
import { useChange, useList } from '../../app/data.ts';
import { problemWords } from '../../app/problem-words.ts';
import { useText } from '../../app/text.tsx';
import { useGo } from '../../app/use-to.ts';
import { WorkflowCanvas } from '../../editor/canvas/WorkflowCanvas.tsx';
import { graphOf } from '../../editor/graph.ts';
import { useBlockWords } from '../../editor/use-block-words.ts';
import { useMessageNames } from '../messages/use-message-names.ts';
import { usePoolNames } from '../promo-codes/use-pool-names.ts';
import { useSegmentNames } from '../segments/use-segment-names.ts';
import { starters, type Starter } from './starters.ts';
import classes from './Workflows.module.css';

/** Names a workflow and begins it from a definition that is nearly done. */
export function NewWorkflowPage() {
  const t = useText();
  const go = useGo();
  const [name, setName] = useState('');
  const [starter, setStarter] = useState<Starter>(starters[0] as Starter);
  const messages = useList<Message>('/messages', { query: { limit: 500 } });
  const message = messages.items.find((each) => each.channel === 'email')?.id;
  const definition = useMemo(() => starter.definition(message), [starter, message]);
  const create = useChange<NewWorkflow, Workflow>(
    (api, workflow) => api.post('/workflows', workflow),
    ['/workflows'],
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate(
      { name: name.trim(), definition: definition as NewWorkflow['definition'] },
      { onSuccess: (workflow) => go(`workflows/${workflow.id}/code`) },
    );
  };
  return (
    <Page
      header={
        <PageHeader title={t('workflows.create.title')} detail={t('workflows.create.detail')} />
      }
    >
      <div className={classes.starters}>
        <form onSubmit={submit}>
          <TextInput
            label={t('workflows.create.name')}
            value={name}
            autoFocus
            maxLength={200}
            error={create.error ? problemWords(create.error, t).detail : null}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <fieldset className={classes.choices}>
            <legend className={classes.legend}>{t('workflows.create.starter')}</legend>
            {starters.map((each) => (
              <label
                key={each.id}
                className={classes.choice}
                data-on={each === starter || undefined}
              >
                <input
                  type="radio"
                  name="starter"
                  className={classes.radio}
                  checked={each === starter}
                  onChange={() => setStarter(each)}
                />
                <span className={classes.choiceName}>{t(each.name)}</span>
                <span className={classes.choiceHint}>{t(each.detail)}</span>
              </label>
            ))}
          </fieldset>
          {messages.loading || message ? null : (
            <p className={classes.note}>{t('workflows.create.noMessage')}</p>
          )}
          <Button type="submit" disabled={name.trim() === ''} loading={create.isPending}>
            {t('workflows.create.go')}
          </Button>
        </form>
        <StarterPreview key={starter.id} definition={definition} />
      </div>
    </Page>
  );
}

function StarterPreview({ definition }: { definition: Record<string, unknown> }) {
  const words = useBlockWords(useMessageNames().nameOf, useSegmentNames(), usePoolNames());
  const graph = useMemo(() => graphOf(definition), [definition]);
  return (
    <div className={classes.starterPreview}>
      <WorkflowCanvas graph={graph} words={words} />
    </div>
  );
}
