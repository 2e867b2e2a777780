import { useText } from '../../../app/text.tsx';

const HOUR_MS = 3_600_000;

/** "a day", "36 hours": whole days where the length is some. */
export function useWindowWords(): (ms: number) => string {
  const t = useText();
  return (ms) => {
    const hours = Math.max(1, Math.round(ms / HOUR_MS));
    const days = hours % 24 === 0 ? hours / 24 : 0;
    return t('variants.window', { days, hours });
  };
}
