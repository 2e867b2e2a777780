import { Button, Group, Modal, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { FormattedMessage } from 'react-intl';
import { ToType } from './ToType.tsx';
import type { UiTextId } from './texts.ts';
import { useUiText } from './use-ui-text.ts';

interface TypedConfirmProps {
  opened: boolean;
  title: string;
  /** What will happen, to whom, with the numbers. */
  children: ReactNode;
  /** What must be typed: a name, or the number of people. */
  phrase: string;
  confirmLabel: string;
  /** On the way out, where what is confirmed is called “cancel” itself. */
  keepLabel?: string;
  pending?: boolean;
  onConfirm: () => void;
  onClose: () => void;
}

/** A number counts with or without what stands between its thousands. */
function isSame(typed: string, phrase: string): boolean {
  if (!/^\d+$/.test(phrase)) return typed.trim() === phrase;
  return typed.replaceAll(/[\s.,’'\u00a0\u202f]/g, '') === phrase;
}

/** For what cannot be undone: repeats the consequence and asks to type it. */
export function TypedConfirm(props: TypedConfirmProps) {
  const text = useUiText();
  const [typed, setTyped] = useState('');
  const close = () => {
    setTyped('');
    props.onClose();
  };
  const matches = isSame(typed, props.phrase);
  return (
    <Modal opened={props.opened} onClose={close} title={props.title}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (matches) props.onConfirm();
        }}
      >
        <div>{props.children}</div>
        <TextInput
          mt="lg"
          data-autofocus
          label={
            <FormattedMessage
              id={'ui.confirm.type' satisfies UiTextId}
              values={{ phrase: <ToType key="phrase">{props.phrase}</ToType> }}
            />
          }
          value={typed}
          autoComplete="off"
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Group justify="flex-end" mt="xl">
          <Button variant="default" onClick={close}>
            {props.keepLabel ?? text('ui.cancel')}
          </Button>
          <Button type="submit" color="red" disabled={!matches} loading={props.pending ?? false}>
            {props.confirmLabel}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
