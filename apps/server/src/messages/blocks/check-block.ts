import { channels } from '@perennial/channels';
import type { ProblemDetail } from '@perennial/contracts';
import type { JsonObject } from '../../inbox/index.ts';
import type { RenderPool } from '../rendering/render-pool.ts';
import type { TemplateProblem } from '../rendering/template-error.ts';
import { textOf } from '../rendering/text-of.ts';
import type { BlockContent, BlockToPlace } from './block-content.ts';
import { framed } from './frame-mjml.ts';
import type { FindBlocks } from './load-blocks.ts';
import { placeBlocks } from './place-blocks.ts';

export interface BlockDraft {
  /** Undefined for a block that is not there yet. */
  key: string | undefined;
  content: Readonly<Record<string, BlockContent>>;
}

/** What is wrong with a block, and the blocks that are in it, also within others. */
export async function checkBlock(
  renderPool: RenderPool,
  findBlocks: FindBlocks,
  { key, content }: BlockDraft,
): Promise<{ problems: ProblemDetail[]; inside: BlockToPlace[] }> {
  const blocks = await findBlocks(content as unknown as JsonObject);
  const inside = new Map<string, BlockToPlace>();
  const problems: ProblemDetail[] = [];
  for (const [language, part] of Object.entries(content)) {
    const written = { ...part } as JsonObject;
    const placed = placeBlocks(written, { channel: channels.email, language, blocks, within: key });
    for (const [name, block] of placed.used) inside.set(name, block);
    const found =
      placed.problems.length > 0
        ? placed.problems
        : (await compileProblems(renderPool, placed.content)).map(placed.tell);
    problems.push(...found.map((problem) => toDetail(problem, `/content/${language}`)));
  }
  return { problems, inside: [...inside.values()] };
}

/** Each part as a message of its own. */
async function compileProblems(
  renderPool: RenderPool,
  content: JsonObject,
): Promise<TemplateProblem[]> {
  const mjml = textOf(content, 'mjml');
  const [html, text] = [textOf(content, 'html') || '-', textOf(content, 'text')];
  const mails: JsonObject[] = [
    { subject: '-', html, ...(text && { text }) },
    ...(mjml ? [{ subject: '-', mjml: framed(mjml) }] : []),
  ];
  const problems: TemplateProblem[] = [];
  for (const mail of mails) {
    const compilation = await renderPool.compile({ channel: 'email', content: mail });
    if (!compilation.ok) problems.push(...compilation.problems);
  }
  return problems;
}

function toDetail({ path, message, line, excerpt }: TemplateProblem, base: string): ProblemDetail {
  return {
    path: base + path,
    message: line === undefined ? message : `Line ${line}: ${message}`,
    ...(line !== undefined && { line }),
    ...(excerpt !== undefined && { excerpt }),
    in: 'body',
  };
}
