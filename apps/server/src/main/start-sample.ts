import type { Logger } from 'pino';
import type { Pool } from '../db/index.ts';
import type { Inbox } from '../inbox/index.ts';
import type { RenderPool } from '../messages/index.ts';
import { makeSample, startSimulator } from '../sample/index.ts';
import { settle } from './around-contacts.ts';
import { publicUrlOf } from './public-url.ts';
import type { Work } from './thread-data.ts';

export interface StartSampleParts {
  pool: Pool;
  url: string;
  inbox: Inbox;
  renderPool: RenderPool;
  host: string;
  port: number;
  publicUrl: string;
  clock: () => Date;
  log: Logger;
}

/** Makes the sample workspace while the program serves, then keeps its people active. */
export function startSample(parts: StartSampleParts): Work {
  const { pool, url, host, port, publicUrl, clock, log } = parts;
  const stopping = new AbortController();
  const making = makeSample({ ...parts, settle, signal: stopping.signal }).catch(
    (cause: unknown) => {
      if (!stopping.signal.aborted)
        log.error({ err: cause }, 'sample workspace: failed; the next start goes on');
    },
  );
  const baseUrl = publicUrlOf({ publicUrl: undefined, host }, port);
  const simulator = startSimulator({ pool, url, baseUrl, publicUrl, clock, log });
  return {
    async stop() {
      stopping.abort();
      await simulator.stop();
      await making;
    },
  };
}
