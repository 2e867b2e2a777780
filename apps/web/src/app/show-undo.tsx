import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useText } from './text.tsx';

/** Says what was done and offers to take it back, instead of asking beforehand. */
export function useShowUndo(): (message: string, undo: () => void) => void {
  const t = useText();
  return (message, undo) => {
    const id = notifications.show({
      autoClose: 10_000,
      message: (
        <span style={{ display: 'flex', alignItems: 'center', gap: 12 }}>
          <span style={{ flex: 1 }}>{message}</span>
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => {
              notifications.hide(id);
              undo();
            }}
          >
            {t('app.undo')}
          </Button>
        </span>
      ),
    });
  };
}
