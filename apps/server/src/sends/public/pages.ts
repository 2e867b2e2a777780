import type { PageRecipient } from './find-recipient.ts';
import { allTexts, type PageLanguage } from './texts/all-texts.ts';
import type { PageTexts } from './texts/page-texts.ts';

/** For whom a page is written, and who writes to them. */
export interface Reader extends Omit<PageRecipient, 'standing'> {
  /** The name of the workspace. */
  workspace: string;
}

/** Of forms: what the person meant. */
export const ACTIONS = { save: 'save', unsubscribe: 'unsubscribe' } as const;

/** Of forms that lead to `/c/`: which words stood at the button. */
const AGAIN = 'again';

/** A page for whoever comes with a link that belongs to nobody. */
export function invalidPage(language: PageLanguage): string {
  const { title, body } = allTexts[language].invalid;
  return page({ language, title, content: paragraph(body) });
}

/** A page that only says something. */
export function sayingPage(
  name: 'confirmed' | 'barred' | 'saved' | 'test',
  reader: Reader,
): string {
  const { title, body } = allTexts[reader.language][name];
  return pageFor(reader, title, paragraph(inHtml(body, reader)));
}

export function confirmPage(reader: Reader): string {
  const { title, body, button } = allTexts[reader.language].confirm;
  return pageFor(reader, title, paragraph(inHtml(body, reader)) + form(submit(button)));
}

/** The words that a person said yes to, by the form that was sent to `/c/`. */
export function agreedText(form: URLSearchParams, { language, workspace }: Reader): string {
  const { confirm, done } = allTexts[language];
  return form.get('said') === AGAIN ? done.again : fill(confirm.body, workspace);
}

/** Where other pages of the same recipient are. */
interface Links {
  /** Where a yes is posted to. */
  confirm: string;
  /** Undefined: there is nothing to choose from. */
  preferences?: string | undefined;
}

/** Asks, with the reasons that the workspace offers. */
export function unsubscribePage(
  reader: Reader,
  { reasons, preferences }: { reasons: readonly string[]; preferences?: string | undefined },
): string {
  const { title, body, why, button, topics } = allTexts[reader.language].ask;
  const choices = reasons.map((reason) =>
    choice('radio', 'reason', { value: reason, label: reason }),
  );
  const asked =
    choices.length > 0 ? `<fieldset><legend>${why}</legend>${choices.join('')}</fieldset>` : '';
  const instead =
    preferences === undefined
      ? ''
      : `<p class="or"><a href="${escapeHtml(preferences)}">${topics}</a></p>`;
  return pageFor(
    reader,
    title,
    paragraph(inHtml(body, reader)) + form(asked + submit(button)) + instead,
  );
}

export function unsubscribedPage(reader: Reader, { confirm }: Links): string {
  const { title, body } = allTexts[reader.language].done;
  return pageFor(reader, title, paragraph(body) + againForm(reader, confirm));
}

/** A topic as a person chooses it. */
export interface OfferedCategory {
  key: string;
  name: string;
  description: string;
  subscribed: boolean;
}

export function preferencesPage(
  { standing, ...reader }: Reader & Pick<PageRecipient, 'standing'>,
  { categories, confirm }: { categories: readonly OfferedCategory[] } & Links,
): string {
  const texts = allTexts[reader.language].preferences;
  const choices = categories.map(({ key, name, description, subscribed }) =>
    choice('checkbox', 'category', { value: key, label: name, description, checked: subscribed }),
  );
  const out =
    standing === 'unsubscribed'
      ? ''
      : `<p class="or">${texts.none}</p>` +
        submit(texts.unsubscribe, { action: ACTIONS.unsubscribe, quiet: true });
  return pageFor(
    reader,
    texts.title,
    notice(reader, { standing, confirm }) +
      form(
        `<fieldset aria-labelledby="title">${choices.join('')}</fieldset>` +
          submit(texts.save, { action: ACTIONS.save }) +
          out,
      ),
  );
}

/** After a choice of topics: also that nothing comes of it where nothing may. */
export function savedPage(
  { standing, ...reader }: Reader & Pick<PageRecipient, 'standing'>,
  links: Links,
): string {
  const { title, body } = allTexts[reader.language].saved;
  const said = notice(reader, { standing, ...links });
  return pageFor(reader, title, said || paragraph(body));
}

/** Why nothing comes to this address, whatever is chosen, and the way out. */
function notice(
  reader: Reader,
  { standing, confirm }: Pick<PageRecipient, 'standing'> & Links,
): string {
  const { preferences, confirm: confirming, barred } = allTexts[reader.language];
  if (standing === 'subscribed') return '';
  if (standing === 'barred') return boxed(inHtml(barred.body, reader));
  if (standing === 'unsubscribed') {
    return boxed(preferences.unsubscribed, againForm(reader, confirm));
  }
  // The page behind it holds the words that are agreed to.
  const way = `<p><a href="${escapeHtml(confirm)}">${confirming.title}</a></p>`;
  return boxed(preferences.unconfirmed, way);
}

function boxed(text: string, way = ''): string {
  return `<div class="notice">${paragraph(text)}${way}</div>`;
}

function againForm({ language }: Reader, confirm: string): string {
  const said = `<input type="hidden" name="said" value="${AGAIN}">`;
  return form(said + submit(allTexts[language].done.again, { quiet: true }), confirm);
}

function fill(text: string, workspace: string): string {
  return text.replaceAll('{workspace}', workspace);
}

/** A name may be written in another direction than the sentence it stands in. */
function inHtml(text: string, { workspace }: Reader): string {
  return fill(text, `<bdi>${escapeHtml(workspace)}</bdi>`);
}

function paragraph(text: string): string {
  return `<p>${text}</p>`;
}

/** Posts to its own address unless said. */
function form(content: string, action?: string): string {
  return `<form method="post"${action === undefined ? '' : ` action="${escapeHtml(action)}"`}>${content}</form>`;
}

function submit(
  label: string,
  { action, quiet }: { action?: string; quiet?: boolean } = {},
): string {
  const name = action === undefined ? '' : ` name="action" value="${action}"`;
  return `<button type="submit"${name}${quiet ? ' class="quiet"' : ''}>${label}</button>`;
}

function choice(
  type: 'radio' | 'checkbox',
  name: string,
  {
    value,
    label,
    description,
    checked,
  }: { value: string; label: string; description?: string; checked?: boolean },
): string {
  const more = description ? `<small dir="auto">${escapeHtml(description)}</small>` : '';
  return `<label><input type="${type}" name="${name}" value="${escapeHtml(value)}"${checked ? ' checked' : ''}><span><span dir="auto">${escapeHtml(label)}</span>${more}</span></label>`;
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

function pageFor({ language, workspace, address }: Reader, title: string, content: string): string {
  const shown =
    address === undefined ? '' : `<p class="address"><bdi>${escapeHtml(address)}</bdi></p>`;
  return page({ language, title, workspace, content: shown + content });
}

function page({
  language,
  title,
  workspace,
  content,
}: {
  language: PageLanguage;
  title: string;
  workspace?: string;
  content: string;
}): string {
  const { direction }: PageTexts = allTexts[language];
  const name = workspace === undefined ? '' : escapeHtml(workspace);
  const brand = name && `<p class="brand" dir="auto">${name}</p>`;
  return `<!doctype html>
<html lang="${language}" dir="${direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<title>${title}${name && ` · ${name}`}</title>
<style>
body { margin: 0; min-height: 100dvh; display: grid; place-items: center; font: 1rem/1.5 system-ui, sans-serif; background: Canvas; color: CanvasText }
main { box-sizing: border-box; inline-size: 100%; max-inline-size: 28rem; padding: 2rem 1.5rem; text-align: center; overflow-wrap: anywhere }
h1 { font-size: 1.375rem; line-height: 1.3; margin: 0 0 .5rem; text-wrap: balance }
p { margin: 0 0 1.5rem; opacity: .8; text-wrap: pretty }
.brand { margin: 0 0 1rem; font-size: .875rem; font-weight: 600 }
.address { margin: 0 0 1rem; font-size: .875rem }
.or { margin: 1.5rem 0 .5rem }
.notice { margin: 0 0 1.5rem; padding: 1rem; border-radius: .5rem; background: color-mix(in srgb, CanvasText 7%, transparent) }
.notice p { margin: 0 0 .75rem; opacity: 1 }
.notice > :last-child, .notice > :last-child p { margin: 0 }
fieldset { margin: 0 0 1.5rem; padding: 0; border: 0; text-align: start; min-inline-size: 0 }
legend { margin: 0 0 .5rem; padding: 0; opacity: .8 }
label { display: flex; gap: .75rem; align-items: baseline; padding: .375rem 0; cursor: pointer }
input { accent-color: #11694a; inline-size: 1rem; block-size: 1rem; flex: none; margin: 0; transform: translateY(.125rem) }
input[type=radio] { border-radius: 50% }
small { display: block; font-size: .875rem; opacity: .8; text-align: match-parent }
a { color: inherit; text-underline-offset: .2em }
button { font: inherit; font-weight: 600; padding: .625rem 1.25rem; border: 0; border-radius: .5rem; background: #11694a; color: #fff; cursor: pointer }
button:hover { background: #0d563c }
button.quiet { background: none; color: inherit; border: 1px solid color-mix(in srgb, CanvasText 45%, transparent) }
button.quiet:hover { background: color-mix(in srgb, CanvasText 8%, transparent) }
:focus-visible { outline: 2px solid CanvasText; outline-offset: 2px }
</style>
</head>
<body><main>${brand}<h1 id="title">${title}</h1>${content}</main></body>
</html>
`;
}
