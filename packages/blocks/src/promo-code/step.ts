import { instantText, type Json } from '@perennial/conditions';
import type { SettingsOf } from '../block.ts';
import { afterDuration } from '../duration/after-duration.ts';
import { next } from '../outcome.ts';
import type { CodeAnswer, Step } from '../step.ts';
import type { promoCodeBlock } from './block.ts';

/** The code is kept as `$run.BLOCK.code`, with its expiration and its discount. */
export const promoCodeStep: Step<SettingsOf<typeof promoCodeBlock>> = async (visits, context) => {
  const { now } = context;
  const answers = await context.takeCodes(
    visits.map(({ run, block, settings: { pool, lives } }) => ({
      run,
      block,
      poolId: Number(pool),
      livesUntil: lives === undefined ? now : afterDuration(now, lives, context.workspaceZone(run)),
    })),
  );
  return answers.map((answer) => {
    if (answer === undefined) return next('empty', { result: null, decidedBy: { left: 0 } });
    const result = resultOf(answer);
    return next('ok', { result, decidedBy: result });
  });
};

function resultOf({ code, pool, type, discount, expiresAt, tested }: CodeAnswer): Json {
  return {
    code,
    pool,
    type,
    discount,
    expires_at: expiresAt === null ? null : instantText(expiresAt),
    ...(tested && { tested }),
  };
}
