import type { Pool } from '../db/index.ts';
import type { Egress } from '../egress/index.ts';
import { startLine, type Line } from '../jobs/index.ts';
import type { SecretBox } from '../secret/index.ts';
import { openWorkflowSecrets } from '../workflows/index.ts';
import {
  claimCalls,
  nextHost,
  takeOldCalls,
  type DueCall,
  type HostInLine,
} from './due-queries.ts';
import { createHostGate, type HostGate } from './host-gate.ts';
import { makeCall } from './make-call.ts';
import { giveUp, settleCall } from './settle-call.ts';

export interface CallParts {
  pool: Pool;
  egress: Egress;
  box: SecretBox;
  slots: number;
  clock: () => Date;
}

/** Of one process, to all hosts. */
const MOST_AT_ONCE = 64;
/** Behind the longest call, so that nobody else makes one that is under way. */
const LEASE_MS = 30_000;
/** So long a call waits for a host that is left alone. */
const LONGEST_IN_LINE_MS = 3_600_000;
const MOST_GIVEN_UP = 200;
const MOST_HOSTS = 1_000;
/** For what was left without anybody having rung. */
const LOOK_EVERY_MS = 30_000;

/** The ID that the receiver sees at every try of a call. */
export function callName(id: number): string {
  return `call_${id}`;
}

/**
 * Makes the calls that runs wait for, until it is stopped. Each host has a line of its own: few calls
 * at once, and none while it fails.
 */
export function driveCalls(parts: CallParts & { onError: (cause: unknown) => void }): Line {
  const { pool, clock, onError } = parts;
  const gates = new Map<string, HostGate>();
  const running = new Set<Promise<void>>();
  let nextAt: number | undefined;

  function gateOf(origin: string): HostGate {
    const known = gates.get(origin);
    if (known) return known;
    if (gates.size >= MOST_HOSTS) {
      for (const [name, gate] of gates) if (gate.idle()) gates.delete(name);
    }
    const gate = createHostGate();
    gates.set(origin, gate);
    return gate;
  }

  async function serve(host: HostInLine): Promise<void> {
    const now = clock();
    const { origin } = host;
    const gate = gateOf(origin);
    const pause = gate.leftAloneUntil(now);
    if (pause) {
      await giveUpOld(parts, { origin, pause });
      lookAgain(pause.getTime());
      return;
    }
    const limit = Math.min(gate.places(now), MOST_AT_ONCE - running.size);
    // The end of a call rings.
    if (limit <= 0) return;
    if (host.due_at > now) return lookAgain(host.due_at.getTime());
    const until = new Date(now.getTime() + LEASE_MS);
    for (const call of await claimCalls(pool, { origin, now, until, limit })) begin(call, gate);
  }

  function begin(call: DueCall, gate: HostGate): void {
    gate.begin();
    const work = attempt(parts, call)
      .then(
        (trouble) => gate.end({ trouble, now: clock() }),
        (cause: unknown) => {
          gate.end({ trouble: false, now: clock() });
          onError(cause);
        },
      )
      .finally(() => {
        running.delete(work);
        line.ring();
      });
    running.add(work);
  }

  function lookAgain(at: number): void {
    nextAt = Math.min(nextAt ?? Infinity, at);
  }

  const line = startLine({
    async turn() {
      nextAt = undefined;
      for (let host = await nextHost(pool, { after: '' }); host;) {
        await serve(host);
        host = await nextHost(pool, { after: host.origin });
      }
      return false;
    },
    untilNext: () =>
      Promise.resolve(
        Math.max(0, Math.min(LOOK_EVERY_MS, (nextAt ?? Infinity) - clock().getTime())),
      ),
    onError,
  });
  return {
    ring: () => line.ring(),
    async stop() {
      await line.stop();
      await Promise.all(running);
    },
  };
}

/** Makes all calls that are due now, one after another; answers how many. */
export async function makeDueCalls(parts: CallParts): Promise<number> {
  const { pool, clock } = parts;
  const now = clock();
  const until = new Date(now.getTime() + LEASE_MS);
  let made = 0;
  for (let host = await nextHost(pool, { after: '' }); host;) {
    const { origin } = host;
    for (const call of await claimCalls(pool, { origin, now, until, limit: MOST_AT_ONCE })) {
      await attempt(parts, call);
      made += 1;
    }
    host = await nextHost(pool, { after: origin });
  }
  return made;
}

/** One try; true if the host is in trouble. */
async function attempt(parts: CallParts, call: DueCall): Promise<boolean> {
  const { pool, egress, box, slots, clock } = parts;
  const { workspace_id: workspaceId, origin, request, id } = call;
  const numbers = [...Object.values(request.secrets), request.signing].filter(
    (number) => number !== undefined,
  );
  const secrets = await openWorkflowSecrets(pool, box, { workspaceId, origin, numbers });
  const outcome = await makeCall(egress, request, { id: callName(id), secrets, now: clock() });
  await settleCall(pool, call, { outcome, slots, now: clock() });
  return outcome.hostTrouble;
}

async function giveUpOld(
  { pool, slots, clock }: CallParts,
  { origin, pause }: { origin: string; pause: Date },
): Promise<void> {
  const now = clock();
  const before = new Date(now.getTime() - LONGEST_IN_LINE_MS);
  const { host } = new URL(origin);
  const problem = `${host} failed repeatedly and is left alone until ${pause.toISOString()}.`;
  const old = await takeOldCalls(pool, { origin, before, limit: MOST_GIVEN_UP });
  for (const call of old) await giveUp(pool, call, { problem, slots, now });
}
