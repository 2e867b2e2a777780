import { notifications } from '@mantine/notifications';
import type { ApiProblem } from '../api.ts';
import { problemWords } from './problem-words.ts';
import { useText } from './text.tsx';

/** Shows in a corner that an action failed, for what has no better place to say it. */
export function useShowProblem(): (error: ApiProblem) => void {
  const t = useText();
  return (error) => {
    const words = problemWords(error, t);
    notifications.show({
      color: 'red',
      title: words.title,
      message: words.detail,
      autoClose: 8_000,
    });
  };
}
