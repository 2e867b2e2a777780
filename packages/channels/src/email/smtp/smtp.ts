import type { Provider } from '../../provider.ts';
import { openLine } from './smtp-line.ts';
import { createSmtpPool } from './smtp-pool.ts';

export const smtp: Provider<'smtp'> = {
  carries: 'outside',
  takes: 'raw',
  weSign: true,
  open({ settings, secrets }) {
    const pool = createSmtpPool(settings, secrets);
    return {
      concurrency: settings.max_connections,
      ...(settings.rate_per_second && { ratePerSecond: settings.rate_per_second }),
      async send({ mail }) {
        if (!mail) throw new Error('The SMTP provider was given a message that is no e-mail.');
        return pool.send(mail);
      },
      async verify() {
        const opened = await openLine(settings, secrets);
        if (!opened.ok) return { ok: false, problem: opened.outcome.answer ?? 'No connection.' };
        opened.line.close();
        return { ok: true };
      },
      close: () => pool.close(),
    };
  },
};
