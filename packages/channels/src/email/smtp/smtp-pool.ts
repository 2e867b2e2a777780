import type { SendOutcome } from '../../provider.ts';
import type { SmtpSecrets, SmtpSettings } from './kind.ts';
import { openLine, type Mail, type SmtpLine } from './smtp-line.ts';

export interface SmtpPool {
  send(mail: Mail): Promise<SendOutcome>;
  close(): Promise<void>;
}

/** An idle line is closed before the usual server loses patience (RFC 5321 §4.5.3.2.7: 5 min). */
const IDLE_MS = 60_000;

interface Resting {
  line: SmtpLine;
  timer: NodeJS.Timeout;
}

/**
 * Lines that stay open between messages. It opens as many as there are messages under way, so the
 * caller's concurrency is the number of lines.
 */
export function createSmtpPool(settings: SmtpSettings, secrets: SmtpSecrets): SmtpPool {
  const resting: Resting[] = [];
  const underWay = new Set<Promise<SendOutcome>>();
  let closed = false;

  function takeRested(): SmtpLine | undefined {
    while (resting.length > 0) {
      const { line, timer } = resting.pop()!;
      clearTimeout(timer);
      if (line.alive) return line;
    }
    return undefined;
  }

  function rest(line: SmtpLine): void {
    if (closed || !line.alive || line.used >= settings.messages_per_connection) {
      line.close();
      return;
    }
    const timer = setTimeout(() => {
      resting.splice(
        resting.findIndex((entry) => entry.line === line),
        1,
      );
      line.close();
    }, IDLE_MS);
    timer.unref();
    resting.push({ line, timer });
  }

  async function sendOver(line: SmtpLine, mail: Mail): Promise<SendOutcome> {
    const outcome = await line.send(mail);
    rest(line);
    return outcome;
  }

  async function send(mail: Mail): Promise<SendOutcome> {
    const rested = takeRested();
    if (rested) {
      const outcome = await sendOver(rested, mail);
      // A line that was closed while it rested says nothing about the server: try a new one.
      if (rested.alive || !isDropBeforeHandOver(outcome)) return outcome;
    }
    const opened = await openLine(settings, secrets);
    return opened.ok ? sendOver(opened.line, mail) : opened.outcome;
  }

  return {
    send(mail) {
      const sending = send(mail).finally(() => underWay.delete(sending));
      underWay.add(sending);
      return sending;
    },
    async close() {
      closed = true;
      await Promise.allSettled(underWay);
      for (const { line, timer } of resting.splice(0)) {
        clearTimeout(timer);
        line.close();
      }
    },
  };
}

function isDropBeforeHandOver(outcome: SendOutcome): boolean {
  return outcome.kind === 'deferred' && outcome.providerTrouble === true;
}
