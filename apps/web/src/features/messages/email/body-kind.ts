import { useRef, useState } from 'react';
import type { MessageContent } from '../message.ts';

export type BodyKind = 'mjml' | 'html' | 'text';

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
  const [isText, setIsText] = useState(false);
  const other = useRef<{ mjml?: string; html?: string }>({});
  const choose = (kind: BodyKind): void => {
    setIsText(kind === 'text');
    if (kind === 'text' || kind === source) return;
    other.current[source] = bodyText(content[source]);
    const { mjml: _mjml, html: _html, ...rest } = content;
    onChange({ ...rest, [kind]: other.current[kind] ?? emptyBodies[kind] });
  };
  return { shown: isText ? 'text' : source, choose } as const;
}

/** What the body is written in. */
function sourceOf(content: MessageContent): 'mjml' | 'html' {
  return typeof content.html === 'string' ? 'html' : 'mjml';
}

export function withoutText({ text: _gone, ...rest }: MessageContent): MessageContent {
  return rest;
}

export function bodyText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
