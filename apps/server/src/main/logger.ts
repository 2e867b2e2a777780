import pino, { type Logger } from 'pino';
import type { LogLevel } from '../config.ts';
import { serializeError } from '../http/index.ts';

/** One JSON line an entry; no personal data and no secrets are logged. */
export function createLogger({ level }: { level: LogLevel }): Logger {
  return pino({ level, base: null, serializers: { err: serializeError } });
}
