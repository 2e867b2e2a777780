import { useLocalStorage, useMediaQuery } from '@mantine/hooks';
import { useState } from 'react';

/** Whether the palette is open: as it was left, but on narrow screens, where the canvas comes first. */
export function usePalette(): [boolean, (isOpen: boolean) => void] {
  const narrow = useMediaQuery('(max-width: 62em)', false, { getInitialValueInEffect: false });
  const [wide, setWide] = useLocalStorage({
    key: 'perennial.builder.palette',
    defaultValue: true,
    getInitialValueInEffect: false,
  });
  const [asked, setAsked] = useState(false);
  return narrow ? [asked, setAsked] : [wide, setWide];
}
