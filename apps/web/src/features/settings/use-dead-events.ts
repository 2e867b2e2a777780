import { notifications } from '@mantine/notifications';
import type { DeadEventChoice } from '@perennial/contracts';
import { useChange } from '../../app/data.ts';
import { useShowProblem } from '../../app/show-problem.ts';
import { useText } from '../../app/text.tsx';

interface Handled {
  handled: number;
  remaining: number;
}

/** Sends dead events through the pipeline once more. */
export function useRetry(onDone: () => void) {
  const t = useText();
  const showProblem = useShowProblem();
  const retry = useChange<DeadEventChoice, Handled>(
    (api, choice) => api.post('/dead_events/retry', choice),
    ['/dead_events'],
  );
  return {
    isPending: retry.isPending,
    mutate: (choice: DeadEventChoice) =>
      retry.mutate(choice, {
        onError: showProblem,
        onSuccess: ({ handled }) => {
          notifications.show({ message: t('settings.system.retried', { count: handled }) });
          onDone();
        },
      }),
  };
}
