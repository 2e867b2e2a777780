const SIGNALS = ['SIGTERM', 'SIGINT'] as const;

/**
 * Calls `flush` when the process has nothing left to do, and before a signal ends it. If nobody
 * else listens to the signal, it does afterwards what it would have done. Answers how to stop.
 */
export function onExit(flush: () => Promise<void>): () => void {
  const idle = (): void => void flush();
  const signalled = (signal: NodeJS.Signals): void => {
    void flush().finally(() => {
      process.removeListener(signal, signalled);
      if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
    });
  };
  process.on('beforeExit', idle);
  for (const signal of SIGNALS) process.on(signal, signalled);
  return () => {
    process.removeListener('beforeExit', idle);
    for (const signal of SIGNALS) process.removeListener(signal, signalled);
  };
}
