import type { ChannelDefinition } from '@perennial/channels';
import type { Json, JsonObject } from '../../inbox/index.ts';
import { chooseLanguage } from '../choose-language.ts';
import { rulesOf, writingOf } from '../rendering/content-rules.ts';
import { LIQUID_LIMITS } from '../rendering/liquid.ts';
import { excerptOf, type TemplateProblem } from '../rendering/template-error.ts';
import { MOST_DEEP, partFor, type BlockToPlace, type Place } from './block-content.ts';
import { fillParameters, type BlockParameters } from './fill-parameters.ts';
import { findIncludes, type Include } from './find-includes.ts';

/** A content with its blocks in place. */
export interface PlacedContent {
  content: JsonObject;
  used: Map<string, BlockToPlace>;
  problems: TemplateProblem[];
  /** Tells a problem of the placed text by the text that was written. */
  tell: (problem: TemplateProblem) => TemplateProblem;
}

/** Puts shared blocks where the texts of a content ask for them. */
export function placeBlocks(
  written: JsonObject,
  {
    channel,
    language,
    blocks,
    within: own,
  }: {
    channel: ChannelDefinition;
    language: string;
    blocks: ReadonlyMap<string, BlockToPlace>;
    /** The block whose content it is. */
    within?: string | undefined;
  },
): PlacedContent {
  const outer = own === undefined ? [] : [own];
  const used = new Map<string, BlockToPlace>();
  const problems: TemplateProblem[] = [];
  const stretches = new Map<string, Stretch[]>();
  const texts = new Map<string, string>();

  function within(value: Json, path: string, place: Place): Json {
    if (typeof value === 'string') {
      if (!value.includes('{%')) return value;
      const placing = { language, blocks, used, place, outer, inherited: {} };
      const { text, stretches: parts, problem } = placeText(value, placing);
      if (problem) problems.push(problemAt(path, value, problem));
      stretches.set(path, parts);
      texts.set(path, value);
      return text;
    }
    if (value === null || typeof value !== 'object') return value;
    if (Array.isArray(value)) return value.map((item, i) => within(item, `${path}/${i}`, place));
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => {
        const key = name.replaceAll('~', '~0').replaceAll('/', '~1');
        return [name, within(member, `${path}/${key}`, place)];
      }),
    );
  }

  const content = Object.fromEntries(
    Object.entries(written).map(([name, member]) => [
      name,
      channel.literal.includes(name) ? member : within(member, `/${name}`, placeOf(name, channel)),
    ]),
  );
  const tell = (problem: TemplateProblem): TemplateProblem =>
    tellAsWritten(problem, texts.get(problem.path), stretches.get(problem.path));
  return { content, used, problems, tell };
}

function placeOf(name: string, channel: ChannelDefinition): Place {
  if (name === 'mjml') return 'mjml';
  return writingOf(name, rulesOf(channel.key)) === 'html' ? 'html' : 'text';
}

/** Lines of the placed text that came from one place: of what was written, or from a block. */
interface Stretch {
  /** First line in the placed text, from 1, and the line there is of it in the written text. */
  line: number;
  writtenLine: number;
  /** The block it came from. */
  key?: string;
}

interface Placing {
  language: string;
  blocks: ReadonlyMap<string, BlockToPlace>;
  used: Map<string, BlockToPlace>;
  place: Place;
  /** The blocks that it is in, the outermost first. */
  outer: readonly string[];
  /** What those were given. */
  inherited: BlockParameters;
}

interface TextProblem {
  message: string;
  at: number;
}

/** Stops at the first block that cannot be placed. */
function placeText(
  text: string,
  placing: Placing,
): { text: string; stretches: Stretch[]; problem?: TextProblem } {
  const stretches: Stretch[] = [{ line: 1, writtenLine: 1 }];
  let placed = '';
  let at = 0;
  let line = 1;
  let writtenLine = 1;
  const add = (piece: string): void => {
    placed += piece;
    line += linesIn(piece);
  };
  for (const include of findIncludes(text)) {
    const { start, end, key } = include;
    const before = text.slice(at, start);
    add(before);
    writtenLine += linesIn(before);
    const part = wholeBlock(include, { ...placing, room: LIQUID_LIMITS.parse - placed.length });
    if ('problem' in part)
      return { text: '', stretches, problem: { message: part.problem, at: start } };
    stretches.push({ line, writtenLine, key: key! });
    add(part.text);
    writtenLine += linesIn(text.slice(start, end));
    stretches.push({ line, writtenLine });
    at = end;
  }
  add(text.slice(at));
  return { text: placed, stretches };
}

function linesIn(text: string): number {
  return text.split('\n').length - 1;
}

/** A block with those in it, or why it cannot be there. */
function wholeBlock(
  { key, parameters, problem }: Include,
  { outer, room, inherited, ...placing }: Placing & { room: number },
): { text: string } | { problem: string } {
  const { language, blocks, used, place } = placing;
  if (key === undefined) {
    return { problem: "Write the key of a shared block in quotes: {% include 'footer' %}." };
  }
  if (problem !== undefined) return { problem };
  if (outer.includes(key)) {
    return { problem: `The block "${key}" is in itself: ${[...outer, key].join(' → ')}.` };
  }
  if (outer.length >= MOST_DEEP) {
    return {
      problem: `Blocks are nested deeper than ${MOST_DEEP}: ${[...outer, key].join(' → ')}.`,
    };
  }
  const block = blocks.get(key);
  if (!block) return { problem: `There is no shared block "${key}".` };
  const part = partFor(contentFor(block, language), place);
  if (part === undefined) {
    return { problem: `The block "${key}" has no ${NAMES[place]}, so it cannot be put here.` };
  }
  used.set(key, block);
  const filled = fillParameters(part, { own: parameters, inherited });
  if ('problem' in filled) return { problem: `The block "${key}": ${filled.problem}.` };
  const source = filled.text;
  const within = { ...placing, outer: [...outer, key], inherited: { ...inherited, ...parameters } };
  let whole = '';
  let at = 0;
  for (const inner of findIncludes(source)) {
    whole += source.slice(at, inner.start);
    const left = room - whole.length;
    const placed = wholeBlock(inner, { ...within, room: left });
    if ('problem' in placed) {
      const isOfTag = inner.key === undefined || inner.problem !== undefined;
      return isOfTag ? { problem: `In the block "${key}": ${placed.problem}` } : placed;
    }
    whole += placed.text;
    at = inner.end;
  }
  whole += source.slice(at);
  // Blocks in blocks multiply: what grows too long ends here, not in the database.
  if (whole.length > room) return { problem: `With the block "${key}" the text is too long.` };
  return { text: whole };
}

const NAMES: Record<Place, string> = { mjml: 'MJML and no HTML', html: 'HTML', text: 'plain text' };

function contentFor({ content, defaultLanguage }: BlockToPlace, language: string) {
  const languages = Object.keys(content);
  return (
    content[chooseLanguage({ languages, wanted: [language], fallback: defaultLanguage })] ?? {}
  );
}

function problemAt(path: string, text: string, { message, at }: TextProblem): TemplateProblem {
  const line = linesIn(text.slice(0, at)) + 1;
  return { path, message, line, excerpt: excerptOf(text, line) };
}

function tellAsWritten(
  problem: TemplateProblem,
  text: string | undefined,
  stretches: Stretch[] | undefined,
): TemplateProblem {
  const { line } = problem;
  if (line === undefined || text === undefined || !stretches || stretches.length < 2)
    return problem;
  const stretch = stretches.findLast((each) => each.line <= line)!;
  // The line of the tag holds the end of the block and what follows it: the excerpt tells them apart.
  const writtenLine = stretch.writtenLine + (stretch.key === undefined ? line - stretch.line : 0);
  const excerpt = problem.excerpt ?? excerptOf(text, writtenLine);
  if (stretch.key === undefined) return { ...problem, line: writtenLine, excerpt };
  const message = `In the block "${stretch.key}": ${problem.message}`;
  return { ...problem, message, line: writtenLine, excerpt };
}
