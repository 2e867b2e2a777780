import { findChannel } from '@perennial/channels';
import type { ProblemDetail } from '@perennial/contracts';
import { detailsOf, Problem } from '../http/index.ts';
import type { JsonObject } from '../inbox/index.ts';
import type { Compiled } from './rendering/compile-content.ts';
import type { RenderPool } from './rendering/render-pool.ts';
import type { TemplateProblem } from './rendering/template-error.ts';

/** Content that its channel takes, with what was compiled of it, both by language. */
export interface CheckedContent {
  content: Record<string, JsonObject>;
  compiled: Record<string, Compiled>;
}

/**
 * Checks content by the channel's schema, reads its templates and compiles it; throws
 * `unprocessable` with everything that is wrong, each at its place.
 */
export async function checkContent(
  renderPool: RenderPool,
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
  const checked: CheckedContent = { content: {}, compiled: {} };
  const errors: ProblemDetail[] = [];
  for (const [language, draft] of Object.entries(content)) {
    const result = await checkLanguage(renderPool, {
      channel,
      draft,
      path: `/content/${language}`,
    });
    if (Array.isArray(result)) errors.push(...result);
    else {
      checked.content[language] = result.content;
      checked.compiled[language] = result.compiled;
    }
  }
  if (errors.length > 0) throw unprocessable(errors);
  return checked;
}

/** One language, or what is wrong with it. */
export async function checkLanguage(
  renderPool: RenderPool,
  { channel, draft, path }: { channel: string; draft: JsonObject; path: string },
): Promise<{ content: JsonObject; compiled: Compiled } | ProblemDetail[]> {
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
  const compilation = await renderPool.compile({ channel, content });
  if (compilation.ok) return { content, compiled: compilation.compiled };
  return compilation.problems.map((problem) => toDetail(problem, path));
}

function toDetail(problem: TemplateProblem, path: string): ProblemDetail {
  const { line, excerpt, message } = problem;
  return {
    path: path + problem.path,
    message: line === undefined ? message : `Line ${line}: ${message}`,
    ...(line !== undefined && { line }),
    ...(excerpt !== undefined && { excerpt }),
  };
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
