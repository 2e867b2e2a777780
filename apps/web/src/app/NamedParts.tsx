import { MantineThemeProvider } from '@mantine/core';
import { useMemo, type ReactNode } from 'react';
import { useText } from './text.tsx';

/** Buttons that components draw by themselves get their names from the catalogue. */
export function NamedParts({ children }: { children: ReactNode }) {
  const close = useText()('ui.close');
  const theme = useMemo(() => {
    const defaultProps = { closeButtonProps: { 'aria-label': close } };
    return {
      components: {
        Modal: { defaultProps },
        Drawer: { defaultProps },
        Notification: { defaultProps },
      },
    };
  }, [close]);
  return (
    <MantineThemeProvider inherit theme={theme}>
      {children}
    </MantineThemeProvider>
  );
}
