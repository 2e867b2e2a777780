import { Alert, Button, Group, Modal } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { Workflow, WorkflowVerdict } from '@perennial/contracts';
import { useState } from 'react';
import { useChange } from '../../app/data.ts';
import { problemWords } from '../../app/problem-words.ts';
import { useRight } from '../../app/session.ts';
import { useText } from '../../app/text.tsx';
import { MembersStart } from './MembersStart.tsx';
import classes from './Workflows.module.css';

interface PublishButtonProps {
  workflow: Workflow;
  verdict: WorkflowVerdict | undefined;
  /** The draft is saved and checked as it stands. */
  ready: boolean;
}

/** Publishes the draft after saying whom the new version concerns. */
export function PublishButton({ workflow, verdict, ready }: PublishButtonProps) {
  const t = useText();
  const mayWrite = useRight('workflows.write');
  const mayLaunch = useRight('workflows.launch');
  const [asked, setAsked] = useState(false);
  const version = (workflow.published_version ?? 0) + 1;
  const publish = useChange((api) => api.post(`/workflows/${workflow.id}/publish`), ['/workflows']);
  if (!mayWrite) return null;
  const go = () =>
    publish.mutate(undefined, {
      onSuccess: () => {
        notifications.show({ message: t('workflows.published', { version }) });
        setAsked(false);
      },
    });
  const warnings = verdict?.warnings ?? [];
  const unchanged = workflow.published !== null && !workflow.changed;
  const mayBeMoved = mayLaunch && workflow.state === 'active' && workflow.running > 0;
  return (
    <>
      <Button
        size="xs"
        disabled={!ready || !verdict?.valid || unchanged}
        onClick={() => setAsked(true)}
      >
        {t('workflows.publish')}
      </Button>
      <Modal
        opened={asked}
        onClose={() => setAsked(false)}
        title={t('workflows.publish.title', { version })}
      >
        <p style={{ margin: 0 }}>
          {workflow.state === 'active'
            ? t('workflows.publish.active', { version, count: workflow.running })
            : t('workflows.publish.inactive')}
        </p>
        {mayBeMoved ? (
          <p className={classes.after}>{t('workflows.publish.mayMove', { version })}</p>
        ) : null}
        {workflow.state === 'active' && startsMembersAnew(workflow) ? (
          <MembersStart definition={workflow.definition} />
        ) : null}
        {warnings.length > 0 ? (
          <Alert
            color="yellow"
            variant="light"
            mt="md"
            title={t('workflows.publish.warnings', { count: warnings.length })}
          >
            {warnings.map((warning, index) => (
              <div key={index}>{warning.message}</div>
            ))}
          </Alert>
        ) : null}
        {publish.error ? (
          <Alert color="red" variant="light" mt="md">
            {problemWords(publish.error, t).detail}
          </Alert>
        ) : null}
        <Group justify="flex-end" mt="xl">
          <Button variant="default" onClick={() => setAsked(false)}>
            {t('app.cancel')}
          </Button>
          <Button data-autofocus loading={publish.isPending} onClick={go}>
            {t('workflows.publish')}
          </Button>
        </Group>
      </Modal>
    </>
  );
}

/** As the server does: members start when the version before did not start them. */
function startsMembersAnew({ definition, published }: Workflow): boolean {
  const before = published?.definition.start as Record<string, unknown> | undefined;
  const start = definition.start as Record<string, unknown> | undefined;
  return (
    before?.existing !== true || before.type !== start?.type || before.segment !== start?.segment
  );
}
