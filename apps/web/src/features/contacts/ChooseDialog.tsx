import { Alert, Button, Group, Modal, Select } from '@mantine/core';
import { useState } from 'react';
import type { ApiProblem } from '../../api.ts';
import { problemWords } from '../../app/problem-words.ts';
import { useText } from '../../app/text.tsx';

interface ChooseDialogProps {
  title: string;
  detail: string;
  label: string;
  options: readonly { value: string; label: string }[];
  confirmLabel: string;
  pending: boolean;
  problem: ApiProblem | null;
  onChoose: (value: string) => void;
  onClose: () => void;
}

/** Asks for one of some things to do something with. */
export function ChooseDialog(props: ChooseDialogProps) {
  const t = useText();
  const [chosen, setChosen] = useState<string | null>(null);
  return (
    <Modal opened onClose={props.onClose} title={props.title}>
      <p style={{ marginBlockStart: 0 }}>{props.detail}</p>
      <Select
        data-autofocus
        searchable
        label={props.label}
        data={[...props.options]}
        value={chosen}
        onChange={setChosen}
      />
      {props.problem ? (
        <Alert color="red" variant="light" mt="md">
          {problemWords(props.problem, t).detail}
        </Alert>
      ) : null}
      <Group justify="flex-end" mt="xl">
        <Button variant="default" onClick={props.onClose}>
          {t('app.cancel')}
        </Button>
        <Button
          disabled={chosen === null}
          loading={props.pending}
          onClick={() => chosen && props.onChoose(chosen)}
        >
          {props.confirmLabel}
        </Button>
      </Group>
    </Modal>
  );
}
