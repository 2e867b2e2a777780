import { findChannel } from '@perennial/channels';
import type { Writing } from './liquid.ts';

/** How the members of a content are written. */
export interface ContentRules {
  /** Taken as they stand. */
  literal: readonly string[];
  /** Of these, the ones that no message has. */
  kept: readonly string[];
  html: readonly string[];
  /** Addresses. */
  url: readonly string[];
  /** Lists of files, each with its address. */
  files: readonly string[];
}

/**
 * Texts that are no message: settings of a workflow's block, by their places, under `text` and, where
 * they are addresses, under `url`.
 */
export const SETTINGS = 'settings';

/** Rules of a channel, or of settings. */
export function rulesOf(channel: string): ContentRules {
  if (channel === SETTINGS) return { literal: [], kept: [], html: [], url: ['url'], files: [] };
  const definition = findChannel(channel);
  if (!definition) throw new Error(`There is no channel ${channel}.`);
  const { literal, kept = [], html, files = [] } = definition;
  return { literal, kept, html, url: [], files };
}

export function writingOf(name: string, { html, url }: ContentRules): Writing {
  if (html.includes(name)) return 'html';
  return url.includes(name) ? 'url' : 'plain';
}
