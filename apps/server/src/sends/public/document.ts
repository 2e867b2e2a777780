import { createHash } from 'node:crypto';
import { readableOn, type PageColours, type PageTheme } from '@perennial/contracts';
import type { PageLook } from './look/page-look.ts';
import type { PageLanguage } from './texts/all-texts.ts';
import type { PageTexts } from './texts/page-texts.ts';

/** A page, and what a browser may do with it. */
export interface PageDocument {
  html: string;
  policy: string;
}

export interface DocumentParts {
  language: PageLanguage;
  texts: PageTexts;
  look: PageLook;
  title: string;
  /** The name of who writes; absent where nobody knows. */
  workspace?: string;
  /** Where the logo is; absent: there is none. */
  logo?: string | undefined;
  /** Only these colours, as in a preview; absent: those of the reader's device. */
  scheme?: 'light' | 'dark' | undefined;
  content: string;
}

export function writeDocument(parts: DocumentParts): PageDocument {
  const { language, texts, look, title, workspace, content } = parts;
  const style = styleOf(parts);
  const name = workspace === undefined ? '' : escapeHtml(workspace);
  const isDarkToo = look.theme.dark !== null;
  const html = `<!doctype html>
<html lang="${language}" dir="${texts.direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="${parts.scheme ?? (isDarkToo ? 'light dark' : 'light')}">
<title>${escapeHtml(title)}${name && ` · ${name}`}</title>
<style>${style}</style>
</head>
<body><main>${brand(parts)}<h1 id="title">${escapeHtml(title)}</h1>${content}</main>${footer(parts)}</body>
</html>
`;
  return { html, policy: policyFor(style) };
}

/** Nothing runs, nothing loads but our own pictures, forms lead back to us, and nobody frames it. */
function policyFor(style: string): string {
  const hash = createHash('sha256').update(style).digest('base64');
  return [
    "default-src 'none'",
    `style-src 'sha256-${hash}'`,
    "img-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

function brand({ look: { theme, logo: kept }, logo, workspace }: DocumentParts): string {
  const name = workspace === undefined ? '' : escapeHtml(workspace);
  const width = kept && Math.round((kept.width / kept.height) * theme.logo_height);
  // The name stands beside it, or is what it says.
  const picture =
    logo === undefined || !kept
      ? ''
      : `<img class="logo" src="${escapeHtml(logo)}" width="${width}" height="${theme.logo_height}" alt="${theme.show_name ? '' : name}">`;
  const isNamed = name !== '' && (theme.show_name || picture === '');
  return picture + (isNamed ? `<p class="brand" dir="auto">${name}</p>` : '');
}

function footer({ look: { theme }, texts, workspace }: DocumentParts): string {
  if (workspace === undefined) return '';
  const lines = theme.footer.split('\n').map((line) => escapeHtml(line.trim()));
  const said = theme.footer === '' ? '' : `<p dir="auto">${lines.join('<br>')}</p>`;
  const privacy =
    theme.privacy_url === ''
      ? ''
      : `<p><a href="${escapeHtml(theme.privacy_url)}" rel="noopener noreferrer">${escapeHtml(texts.privacy)}</a></p>`;
  return said || privacy ? `<footer>${said}${privacy}</footer>` : '';
}

/** What each has on a machine; nothing is loaded. */
const FONTS: Record<PageTheme['font'], string> = {
  system: 'system-ui, sans-serif',
  humanist: "Seravek, 'Gill Sans Nova', Ubuntu, Calibri, 'DejaVu Sans', sans-serif",
  rounded: "ui-rounded, 'Hiragino Maru Gothic ProN', Quicksand, 'Arial Rounded MT', sans-serif",
  serif: "Charter, 'Bitstream Charter', 'Sitka Text', Cambria, Georgia, serif",
  slab: "Rockwell, 'Rockwell Nova', 'Roboto Slab', 'DejaVu Serif', serif",
};

function styleOf({ look: { theme }, scheme }: DocumentParts): string {
  const light = colours(theme.light);
  const dark = colours(theme.dark ?? theme.light);
  if (scheme) return `\n${scheme === 'dark' ? dark : light}\n${rules(theme)}`;
  return `\n${light}\n@media (prefers-color-scheme: dark) { ${dark} }\n${rules(theme)}`;
}

function colours({ background, text, accent }: PageColours): string {
  return `:root { --background: ${background}; --text: ${text}; --accent: ${accent}; --on-accent: ${readableOn(accent)} }`;
}

function rules({ font, radius }: PageTheme): string {
  return `body { margin: 0; min-height: 100dvh; display: grid; grid-template-rows: 1fr auto; justify-items: center; align-items: center; font: 1rem/1.5 ${FONTS[font]}; background: var(--background); color: var(--text) }
main { box-sizing: border-box; inline-size: 100%; max-inline-size: 28rem; padding: 2rem 1.5rem; text-align: center; overflow-wrap: anywhere }
.logo { display: block; margin: 0 auto 1rem; max-inline-size: 100%; object-fit: contain }
h1 { font-size: 1.375rem; line-height: 1.3; margin: 0 0 .5rem; text-wrap: balance }
p { margin: 0 0 1.5rem; text-wrap: pretty }
.brand { margin: 0 0 1rem; font-size: .875rem; font-weight: 600 }
.address { margin: 0 0 1rem; font-size: .875rem }
.or { margin: 1.5rem 0 .5rem }
.notice { margin: 0 0 1.5rem; padding: 1rem; border: 1px solid color-mix(in srgb, var(--text) 25%, transparent); border-radius: ${radius}px }
.notice p { margin: 0 0 .75rem }
.notice > :last-child, .notice > :last-child p { margin: 0 }
fieldset { margin: 0 0 1.5rem; padding: 0; border: 0; text-align: start; min-inline-size: 0 }
legend { margin: 0 0 .5rem; padding: 0; font-weight: 600 }
label { display: flex; gap: .75rem; align-items: baseline; padding: .375rem 0; cursor: pointer }
label.locked { cursor: default }
input { accent-color: var(--accent); inline-size: 1rem; block-size: 1rem; flex: none; margin: 0; transform: translateY(.125rem) }
input[type=radio] { border-radius: 50% }
small { display: block; font-size: .875rem; text-align: match-parent }
a { color: inherit; text-underline-offset: .2em }
button { font: inherit; font-weight: 600; padding: .625rem 1.25rem; border: 1px solid transparent; border-radius: ${radius}px; background: var(--accent); color: var(--on-accent); cursor: pointer }
button:hover { background: color-mix(in srgb, var(--accent) 88%, var(--text)) }
button.quiet { background: none; color: inherit; border-color: color-mix(in srgb, var(--text) 55%, transparent) }
button.quiet:hover { background: color-mix(in srgb, var(--text) 8%, transparent) }
:focus-visible { outline: 2px solid var(--text); outline-offset: 2px }
footer { box-sizing: border-box; inline-size: 100%; max-inline-size: 28rem; padding: 0 1.5rem 1.5rem; font-size: .8125rem; text-align: center; overflow-wrap: anywhere }
footer p { margin: 0 0 .5rem }
`;
}

export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
