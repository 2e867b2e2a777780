import { useRef, useState } from 'react';
import type { MessageContent } from '../message.ts';

export type BodyKind = 'mjml' | 'html' | 'text' | 'amp';

/** What a body begins with when the other language was written first. */
const emptyBodies = {
  mjml: '<mjml>\n  <mj-body>\n  </mj-body>\n</mjml>\n',
  html: '<!doctype html>\n<html>\n  <body>\n  </body>\n</html>\n',
};

/**
 * Which body is shown. Changing between MJML and HTML keeps both while the page is open; one of
 * them is sent.
 */
export function useBodyKind(content: MessageContent, onChange: (content: MessageContent) => void) {
  const source = sourceOf(content);
  /** What goes with the body, and stands apart from it. */
  const [beside, setBeside] = useState<'text' | 'amp' | null>(null);
  const other = useRef<{ mjml?: string; html?: string }>({});
  const choose = (kind: BodyKind): void => {
    const apart = kind === 'text' || kind === 'amp';
    setBeside(apart ? kind : null);
    if (apart || kind === source) return;
    other.current[source] = bodyText(content[source]);
    const { mjml: _mjml, html: _html, ...rest } = content;
    onChange({ ...rest, [kind]: other.current[kind] ?? emptyBodies[kind] });
  };
  return { shown: beside ?? source, choose } as const;
}

/** What the body is written in. */
function sourceOf(content: MessageContent): 'mjml' | 'html' {
  return typeof content.html === 'string' ? 'html' : 'mjml';
}

export function withoutText({ text: _gone, ...rest }: MessageContent): MessageContent {
  return rest;
}

/** The content with this body; one that may be left out, and is emptied, is. */
export function withBody(content: MessageContent, kind: BodyKind, text: string): MessageContent {
  if (kind !== 'amp' || text !== '') return { ...content, [kind]: text };
  const { amp: _gone, ...rest } = content;
  return rest;
}

export function bodyText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
