import { Alert, Button, Group, JsonInput, Modal, SegmentedControl, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { Segment, Workflow, WorkflowStart, WorkflowStarted } from '@perennial/contracts';
import { ToType } from '@perennial/ui';
import { useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import type { TextId } from '../../app/catalogue.ts';
import { useChange, useRead } from '../../app/data.ts';
import { problemWords } from '../../app/problem-words.ts';
import { useText } from '../../app/text.tsx';
import { ContactSelect } from '../contacts/ContactSelect.tsx';
import { useTray } from '../jobs/tray.ts';
import { SegmentSelect } from '../segments/SegmentSelect.tsx';
import { notStartedWords } from './not-started.ts';
import { readParams } from './read-params.ts';
import classes from './StartByHand.module.css';

interface StartByHandProps {
  workflow: Workflow;
  onClose: () => void;
}

/** From so many contacts on, the number is to be typed. */
const TYPED_FROM = 100;

/** Starts the workflow now, for one contact or everybody in a segment; the usual checks decide who begins. */
export function StartByHand({ workflow, onClose }: StartByHandProps) {
  const t = useText();
  const tray = useTray();
  const [whom, setWhom] = useState<'contact' | 'segment'>('contact');
  const [contact, setContact] = useState<string | null>(null);
  const [segment, setSegment] = useState<string | null>(null);
  const [values, setValues] = useState('');
  const [typed, setTyped] = useState('');
  const size = useRead<Segment>(`/segments/${segment}`, { enabled: segment !== null }).data?.size;
  const params = readParams(values);
  const start = useChange(
    (api, order: WorkflowStart) =>
      api.post<WorkflowStarted>(`/workflows/${workflow.id}/start`, order),
    ['/workflows'],
  );
  const asksNumber = whom === 'segment' && size !== undefined && size >= TYPED_FROM;
  const isChosen = whom === 'contact' ? contact !== null : segment !== null && Boolean(size);
  const isSure = !asksNumber || isNumber(typed, size);
  const refused = start.data?.refused?.[0];
  const go = () => {
    if (!isChosen || !isSure || params === undefined) return;
    const order = whom === 'contact' ? { contacts: [contact!] } : { segment: segment! };
    start.mutate({ ...order, params }, { onSuccess: tell });
  };
  const tell = ({ job, accepted, refused: not }: WorkflowStarted) => {
    // Why nobody began is read here.
    if (not && not.length > 0) return;
    if (job !== null) tray.follow(job);
    const message =
      job === null ? t('workflows.byHand.done') : t('workflows.byHand.begun', { count: accepted });
    notifications.show({ message });
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title={t('workflows.byHand.title', { name: workflow.name })}>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          go();
        }}
      >
        <p className={classes.detail}>{t('workflows.byHand.detail')}</p>
        <SegmentedControl
          fullWidth
          aria-label={t('workflows.byHand.whom')}
          data={(['contact', 'segment'] as const).map((value) => ({
            value,
            label: t(`workflows.byHand.${value}`),
          }))}
          value={whom}
          onChange={(next) => {
            setWhom(next);
            start.reset();
          }}
        />
        {whom === 'contact' ? (
          <ContactSelect
            size="sm"
            fullWidth
            label={t('workflows.runs.column.contact')}
            placeholder={t('workflows.byHand.find')}
            value={contact}
            onChange={(id) => {
              setContact(id);
              start.reset();
            }}
          />
        ) : (
          <SegmentSelect
            label={t('workflows.startForm.segment.segment')}
            value={segment}
            onChange={(id) => {
              setSegment(id);
              setTyped('');
              start.reset();
            }}
          />
        )}
        {whom === 'segment' && segment !== null && size !== undefined ? (
          <p className={classes.count} role="status">
            {t('workflows.byHand.count', { count: size })}
          </p>
        ) : null}
        <JsonInput
          label={t('workflows.byHand.params')}
          description={t('workflows.byHand.params.hint')}
          inputWrapperOrder={['label', 'input', 'error', 'description']}
          placeholder='{"plan": "pro"}'
          autosize
          minRows={1}
          maxRows={8}
          formatOnBlur
          error={params === undefined ? t('workflows.byHand.params.wrong') : undefined}
          value={values}
          onChange={setValues}
        />
        {asksNumber ? <RepeatNumber size={size} value={typed} onChange={setTyped} /> : null}
        {start.error ? (
          <Alert color="red" variant="light">
            {problemWords(start.error, t).detail}
          </Alert>
        ) : null}
        {refused ? (
          <Alert color="yellow" variant="light">
            {t('workflows.byHand.refused', { reason: notStartedWords(refused.reason, t) })}
          </Alert>
        ) : null}
        <Group justify="flex-end" mt="xs">
          <Button variant="default" onClick={onClose}>
            {t('app.cancel')}
          </Button>
          <Button
            type="submit"
            disabled={!isChosen || !isSure || params === undefined}
            loading={start.isPending}
          >
            {whom === 'segment' && size
              ? t('workflows.byHand.goMany', { count: size })
              : t('workflows.byHand.go')}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}

interface RepeatNumberProps {
  size: number;
  value: string;
  onChange: (typed: string) => void;
}

/** Many at once cannot be taken back: whoever starts them says how many. */
function RepeatNumber({ size, value, onChange }: RepeatNumberProps) {
  const intl = useIntl();
  return (
    <TextInput
      label={
        <FormattedMessage
          id={'workflows.byHand.repeat' satisfies TextId}
          values={{ number: <ToType key="number">{intl.formatNumber(size)}</ToType> }}
        />
      }
      autoComplete="off"
      inputMode="numeric"
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
}

/** With or without what stands between thousands. */
function isNumber(typed: string, size: number | undefined): boolean {
  return size !== undefined && typed.replaceAll(/[\s.,’'\u00a0\u202f]/g, '') === String(size);
}
