import { useDebouncedValue } from '@mantine/hooks';

/**
 * What is searched for as somebody types. The name of what is chosen stands in the field as well:
 * it asks for nothing, or an open list would offer nothing else.
 */
export function useAsked(typed: string, chosen: string | undefined): string {
  const [asked] = useDebouncedValue(typed.trim(), 200);
  return asked === chosen?.trim() ? '' : asked;
}
