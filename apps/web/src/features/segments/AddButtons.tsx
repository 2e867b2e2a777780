import { Button, Group } from '@mantine/core';
import { useText } from '../../app/text.tsx';
import classes from './Segments.module.css';

interface AddButtonsProps {
  count: number;
  disabled?: boolean;
  /** How many are through, while they are being added. */
  progress: number | undefined;
  onAdd: () => void;
  onCancel: () => void;
}

export function AddButtons({ count, disabled, progress, onAdd, onCancel }: AddButtonsProps) {
  const t = useText();
  return (
    <Group justify="flex-end" mt="lg">
      {progress === undefined ? null : (
        <span className={classes.progress} role="status">
          {t('segments.add.progress', { done: progress, total: count })}
        </span>
      )}
      <Button variant="default" onClick={onCancel}>
        {t('app.cancel')}
      </Button>
      <Button
        disabled={count === 0 || disabled === true}
        loading={progress !== undefined}
        onClick={onAdd}
      >
        {t('segments.add.go', { count })}
      </Button>
    </Group>
  );
}
