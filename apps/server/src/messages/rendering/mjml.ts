import { findUnclosed } from './find-unclosed.ts';
import { excerptOf, lineOf, TemplateError, type TemplateProblem } from './template-error.ts';

/** A Liquid tag or output, wherever it stands. */
const LIQUID = /\{%-?[\s\S]*?-?%\}|\{\{-?[\s\S]*?-?\}\}/g;

/**
 * Compiles MJML to HTML with its Liquid inside, to be rendered for each contact; or tells all that
 * is wrong with it. Liquid is put aside during the compilation, so that MJML neither reads nor
 * drops it.
 *
 * Loaded when first needed: only the writing of messages compiles, sending does not.
 */
export async function compileMjml(
  source: string,
  { path }: { path: string },
): Promise<string | TemplateProblem[]> {
  const { default: mjml2html } = await import('mjml');
  const pieces: string[] = [];
  const marked = source.replace(LIQUID, (piece) => `${MARK}${pieces.push(piece) - 1}e`);
  const unclosed = await unclosedElements(source, path);
  if (unclosed.length > 0) return unclosed;
  const { html, errors } = await compile(mjml2html, marked, path);
  const problems = errors.filter((error) => !isAboutMark(error.message));
  if (problems.length > 0) {
    return problems
      .map((problem) => mjmlProblem(problem, { source, path, pieces }))
      .toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0))
      .slice(0, MOST_PROBLEMS);
  }
  const lost = pieces.findIndex(
    (piece, i) => piece.startsWith('{%') && !html.includes(`${MARK}${i}e`),
  );
  if (lost >= 0) return [lostTag(pieces[lost] ?? '', { source, path })];
  return html.replace(MARKS, (_mark, i: string) => pieces[Number(i)] ?? '');
}

/** One mistake repeated in every line is told often enough by then. */
const MOST_PROBLEMS = 50;

/** Letters and digits, so that it may stand in text, attributes and addresses. */
const MARK = 'x1qliquid';
const MARKS = /x1qliquid(\d+)e/g;

interface MjmlError {
  line: number;
  message: string;
  tagName: string;
}

async function compile(
  mjml2html: (source: string, options: object) => Promise<{ html: string; errors: unknown[] }>,
  marked: string,
  path: string,
): Promise<{ html: string; errors: MjmlError[] }> {
  try {
    const { html, errors } = await mjml2html(marked, {
      validationLevel: 'soft',
      // Templates read no files.
      ignoreIncludes: true,
      keepComments: false,
      // Fonts come only from where the message says so.
      fonts: {},
    });
    return { html, errors: errors as MjmlError[] };
  } catch (error) {
    throw new TemplateError({ path, message: `MJML: ${(error as Error).message}` }, error);
  }
}

/** An attribute whose value Liquid supplies cannot be checked before that. */
function isAboutMark(message: string): boolean {
  return message.includes(MARK);
}

async function unclosedElements(source: string, path: string): Promise<TemplateProblem[]> {
  const { default: preset } = await import('mjml-preset-core');
  const holdHtml = preset.components.filter(({ endingTag }) => endingTag);
  const names = new Set(holdHtml.map(({ componentName, name }) => componentName ?? name));
  return findUnclosed(source, names).map(({ name, at }) => {
    const line = source.slice(0, at).split('\n').length;
    const message = `MJML: <${name}> is not closed: </${name}> is missing.`;
    return { path, message, line, excerpt: excerptOf(source, line) };
  });
}

function mjmlProblem(
  { line, message, tagName }: MjmlError,
  { source, path, pieces }: { source: string; path: string; pieces: string[] },
): TemplateProblem {
  const tag = tagName ? `<${tagName}>: ` : '';
  // A piece of Liquid over several lines was one mark; its lines are missing above the error.
  const sourceLine = lineInSource(source, line, pieces);
  return {
    path,
    message: `MJML: ${tag}${message.trim()}`,
    line: sourceLine,
    excerpt: excerptOf(source, sourceLine),
  };
}

function lineInSource(source: string, line: number, pieces: string[]): number {
  let missing = 0;
  let from = 0;
  for (const piece of pieces) {
    const at = source.indexOf(piece, from);
    const pieceLine = source.slice(0, at).split('\n').length;
    // What stands on the line of an element stands in it or behind it, nearly always.
    if (pieceLine - missing >= line) break;
    missing += piece.split('\n').length - 1;
    from = at + piece.length;
  }
  return line + missing;
}

function lostTag(
  piece: string,
  { source, path }: { source: string; path: string },
): TemplateProblem {
  const line = lineOf(source, piece) ?? 1;
  return {
    path,
    message: `MJML drops ${piece} here, between its elements. Put it into <mj-raw>.`,
    line,
    excerpt: excerptOf(source, line),
  };
}
