import { Alert, Button, Group, Modal, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { useText } from './text.tsx';

interface FormDialogProps {
  title: string;
  size?: number | string;
  /** What the button says that submits. */
  action: string;
  isFinal?: boolean;
  /** The server checks what is typed, not the browser. */
  noValidate?: boolean;
  /** Whether enough is filled in. */
  ready?: boolean;
  pending: boolean;
  /** What went wrong and stands at no field. */
  problem?: ReactNode;
  onSubmit: () => void;
  onClose: () => void;
  children: ReactNode;
}

/** Asks for a few things in a dialog, and says there what is wrong with them. */
export function FormDialog({
  title,
  size = 'md',
  action,
  isFinal = false,
  noValidate = false,
  ready = true,
  pending,
  problem,
  onSubmit,
  onClose,
  children,
}: FormDialogProps) {
  const t = useText();
  return (
    <Modal opened onClose={onClose} title={title} size={size}>
      <form
        noValidate={noValidate}
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit();
        }}
      >
        <Stack gap={14}>
          {children}
          {problem ? (
            <Alert color="red" variant="light">
              {problem}
            </Alert>
          ) : null}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('app.cancel')}
            </Button>
            <Button
              type="submit"
              {...(isFinal && { color: 'red' })}
              disabled={!ready}
              loading={pending}
            >
              {action}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
