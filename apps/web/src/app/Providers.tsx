import '@mantine/notifications/styles.layer.css';
import '@perennial/ui/styles';
import { DirectionProvider, MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { cssVariablesResolver, theme } from '@perennial/ui';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { ApiProblem } from '../api.ts';
import { NamedParts } from './NamedParts.tsx';
import { SessionGate } from './SessionGate.tsx';

/** Everything around the router: theme, server state, session, language. */
export function Providers({ children }: { children: ReactNode }) {
  const [queries] = useState(createQueries);
  return (
    <DirectionProvider detectDirection>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={cssVariablesResolver}
        defaultColorScheme="auto"
      >
        <QueryClientProvider client={queries}>
          <SessionGate>
            <NamedParts>
              {children}
              <Notifications position="bottom-center" limit={4} />
            </NamedParts>
          </SessionGate>
        </QueryClientProvider>
      </MantineProvider>
    </DirectionProvider>
  );
}

function createQueries(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        retry: (failures, error) => failures < 2 && isWorthRepeating(error),
      },
      mutations: { retry: false },
    },
  });
}

/** A refusal stays one however often it is asked for. */
function isWorthRepeating(error: unknown): boolean {
  return error instanceof ApiProblem && (error.status === 0 || error.status >= 502);
}
