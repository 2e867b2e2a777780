/**
 * How a message is shown: `light`; `inverted`, as programs do that turn all colours of a light
 * message dark and leave pictures; `dark`, as programs do that follow its own rules for dark mode.
 */
export type Scheme = 'light' | 'inverted' | 'dark';

/**
 * Nothing but looks: no script, no form, no frame, no call. The sandbox forbids scripts too; each
 * would be enough.
 */
const POLICY =
  "default-src 'none'; img-src * data:; style-src * 'unsafe-inline'; font-src * data:; " +
  "media-src *; form-action 'none'; base-uri 'none'";

/** A message as it is put into a frame. */
export function frameHtml(html: string, scheme: Scheme): string {
  const policy = `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`;
  const style = scheme === 'inverted' ? INVERT : '';
  return inFront(withScheme(html, scheme), policy + style);
}

/** Pictures are inverted twice: they stay. */
const INVERT =
  '<style>html{filter:invert(.9) hue-rotate(180deg);background:#fff}' +
  'img,video,[background]{filter:invert(1) hue-rotate(180deg)}</style>';

/**
 * Rules for a scheme hold or not by what is asked for, not by the scheme of the reader's own
 * machine.
 */
function withScheme(html: string, scheme: Scheme): string {
  const holds = '(min-width: 0)';
  const fails = '(max-width: 0)';
  return html
    .replace(/\(\s*prefers-color-scheme\s*:\s*dark\s*\)/gi, scheme === 'dark' ? holds : fails)
    .replace(/\(\s*prefers-color-scheme\s*:\s*light\s*\)/gi, scheme === 'dark' ? fails : holds);
}

/**
 * Before anything that the message says, or it could talk the policy away; behind the doctype, without
 * which a browser would take old rules for the page.
 */
function inFront(html: string, added: string): string {
  const at = /^\s*<!doctype[^>]*>/i.exec(html)?.[0].length ?? 0;
  return html.slice(0, at) + added + html.slice(at);
}
