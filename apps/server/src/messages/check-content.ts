import { isDeepStrictEqual } from 'node:util';
import { findChannel } from '@perennial/channels';
import type { ProblemDetail } from '@perennial/contracts';
import type { BlockToPlace } from './blocks/block-content.ts';
import type { FindBlocks } from './blocks/load-blocks.ts';
import { placeBlocks } from './blocks/place-blocks.ts';
import { detailsOf, Problem } from '../http/index.ts';
import type { JsonObject } from '../inbox/index.ts';
import type { Compiled, SecretPlace, TextReads } from './rendering/compile-content.ts';
import type { RenderPool } from './rendering/render-pool.ts';
import type { TemplateProblem } from './rendering/template-error.ts';

/** Content that its channel takes, with what was compiled of it, both by language. */
export interface CheckedContent {
  content: Record<string, JsonObject>;
  compiled: Record<string, Compiled>;
  /** Shared blocks in any of its languages. */
  blocks: BlockToPlace[];
}

export interface CheckParts {
  renderPool: RenderPool;
  findBlocks: FindBlocks;
}

/** Content that stands for itself: no shared block is known. */
export function withoutBlocks(renderPool: RenderPool): CheckParts {
  return { renderPool, findBlocks: () => Promise.resolve(new Map()) };
}

/**
 * Checks content by the channel's schema, reads its templates and compiles it; throws
 * `unprocessable` with everything that is wrong, each at its place.
 */
export async function checkContent(
  parts: CheckParts,
  {
    channel,
    content,
    defaultLanguage,
  }: { channel: string; content: Record<string, JsonObject>; defaultLanguage: string },
): Promise<CheckedContent> {
  if (!Object.hasOwn(content, defaultLanguage)) {
    throw unprocessable([
      { path: '/default_language', message: `There is no content in ${defaultLanguage}.` },
    ]);
  }
  const checked: CheckedContent = { content: {}, compiled: {}, blocks: [] };
  const blocks = new Map<string, BlockToPlace>();
  const errors: ProblemDetail[] = [];
  for (const [language, draft] of Object.entries(content)) {
    const result = await checkLanguage(parts, {
      channel,
      language,
      draft,
      path: `/content/${language}`,
    });
    if (Array.isArray(result)) errors.push(...result.map(withLineSaid));
    else {
      checked.content[language] = result.content;
      checked.compiled[language] = result.compiled;
      for (const block of result.blocks) blocks.set(block.key, block);
    }
  }
  if (errors.length > 0) throw unprocessable(errors);
  return { ...checked, blocks: [...blocks.values()] };
}

export interface CheckedLanguage {
  content: JsonObject;
  compiled: Compiled;
  /** The content with shared blocks in place. */
  whole: JsonObject;
  blocks: BlockToPlace[];
  reads: TextReads[];
}

/** One language, or what is wrong with it. */
export async function checkLanguage(
  { renderPool, findBlocks }: CheckParts,
  {
    channel,
    language,
    draft,
    path,
  }: { channel: string; language: string; draft: JsonObject; path: string },
): Promise<CheckedLanguage | ProblemDetail[]> {
  const definition = findChannel(channel);
  if (!definition) return [{ path: '/channel', message: `There is no channel "${channel}".` }];
  const parsed = definition.content.safeParse(draft);
  if (!parsed.success) {
    return detailsOf(parsed.error.issues, 'body').map((detail) => ({
      ...detail,
      path: path + detail.path,
    }));
  }
  const content = parsed.data as JsonObject;
  const blocks = await findBlocks(content);
  const placed = placeBlocks(content, { channel: definition, language, blocks });
  if (placed.problems.length > 0) return placed.problems.map((problem) => toDetail(problem, path));
  const whole = placed.content;
  const compilation = await renderPool.compile({ channel, content: whole });
  if (!compilation.ok) {
    return compilation.problems.map((problem) => toDetail(placed.tell(problem), path));
  }
  const { secrets, ...compiled } = compilation.compiled;
  return {
    content,
    compiled: {
      ...compiled,
      ...(secrets && { secrets: secrets.map((named) => whereWritten(named, placed.tell)) }),
      ...placedMembers(content, whole),
    },
    whole,
    blocks: [...placed.used.values()],
    reads: compilation.reads,
  };
}

/** By the text that was written: a shared block has no lines there. */
function whereWritten(
  { name, ...place }: SecretPlace,
  tell: (problem: TemplateProblem) => TemplateProblem,
): SecretPlace {
  const { path, line, excerpt } = tell({ ...place, message: '' });
  return {
    name,
    path,
    ...(line !== undefined && { line }),
    ...(excerpt !== undefined && { excerpt }),
  };
}

/** MJML is kept as the HTML that was made of it. */
function placedMembers(written: JsonObject, whole: JsonObject): Pick<Compiled, 'placed'> {
  const changed = Object.entries(whole).filter(
    ([name, value]) => name !== 'mjml' && !isDeepStrictEqual(value, written[name]),
  );
  return changed.length > 0 ? { placed: Object.fromEntries(changed) } : {};
}

function toDetail(problem: TemplateProblem, path: string): ProblemDetail {
  const { line, excerpt, message } = problem;
  return {
    path: path + problem.path,
    message,
    ...(line !== undefined && { line }),
    ...(excerpt !== undefined && { excerpt }),
  };
}

/** For who reads no more than the message. */
function withLineSaid(detail: ProblemDetail): ProblemDetail {
  const { line, message } = detail;
  return line === undefined ? detail : { ...detail, message: `Line ${line}: ${message}` };
}

function unprocessable(errors: ProblemDetail[]): Problem {
  return new Problem('unprocessable', {
    detail: errors
      .map(({ path, message }) => `${path}: ${message}`)
      .join(' ')
      .slice(0, 500),
    errors,
  });
}
