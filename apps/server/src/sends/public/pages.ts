import { escapeHtml, writeDocument, type PageDocument } from './document.ts';
import type { PageRecipient } from './find-recipient.ts';
import { textsIn, USUAL_LOOK, type PageLook } from './look/page-look.ts';
import type { OfferedChannel } from './offered-channels.ts';
import type { PageLanguage } from './texts/all-texts.ts';
import type { PageTexts } from './texts/page-texts.ts';

/** For whom a page is written, and who writes to them. */
export interface Reader extends Omit<PageRecipient, 'standing' | 'languages'> {
  /** The name of the workspace. */
  workspace: string;
  /** In which its dates are told. */
  timeZone: string;
  look: PageLook;
  /** Where its logo is. */
  logo?: string | undefined;
  /** Only these colours, as in a preview. */
  scheme?: 'light' | 'dark' | undefined;
}

/** Of forms: what the person meant. */
export const ACTIONS = { save: 'save', unsubscribe: 'unsubscribe', pause: 'pause' } as const;

/** Of forms that lead to `/c/`: which words stood at the button. */
const AGAIN = 'again';

/** A page for whoever comes with a link that belongs to nobody. */
export function invalidPage(
  language: PageLanguage,
  { scheme }: Pick<Reader, 'scheme'> = {},
): PageDocument {
  const texts = textsIn(language, USUAL_LOOK);
  const { title, body } = texts.invalid;
  const content = paragraph(escapeHtml(body));
  return writeDocument({ language, texts, look: USUAL_LOOK, title, scheme, content });
}

function textsOf({ language, look }: Pick<Reader, 'language' | 'look'>): PageTexts {
  return textsIn(language, look);
}

/** A page that only says something. */
export function sayingPage(
  name: 'confirmed' | 'barred' | 'saved' | 'test',
  reader: Reader,
): PageDocument {
  const { title, body } = textsOf(reader)[name];
  return pageFor(reader, title, paragraph(inHtml(body, reader)));
}

export function confirmPage(reader: Reader): PageDocument {
  const { title, body, button } = textsOf(reader).confirm;
  return pageFor(reader, title, paragraph(inHtml(body, reader)) + form(submit(button)));
}

/** The words that a person said yes to, by the form that was sent to `/c/`. */
export function agreedText(form: URLSearchParams, reader: Reader): string {
  const { confirm, done } = textsOf(reader);
  return form.get('said') === AGAIN ? done.again : fill(confirm.body, reader.workspace);
}

/** The words that a person says yes to by choosing a channel. */
export function channelText(channel: OfferedChannel['key'], reader: Reader): string {
  const { channels, names } = textsOf(reader).preferences;
  return `${fill(channels, reader.workspace)} ${names[channel]}`;
}

/** Where other pages of the same recipient are. */
export interface Links {
  /** Where a yes is posted to. */
  confirm: string;
  /** Undefined: there is nothing to choose from. */
  preferences?: string | undefined;
}

/** Asks, with the reasons that the workspace offers, and with what may be chosen instead. */
export function unsubscribePage(
  reader: Reader,
  { preferences }: Pick<Links, 'preferences'>,
): PageDocument {
  const { ask, pause } = textsOf(reader);
  const { language, look } = reader;
  const choices = look.reasons.map(({ text, translations }) =>
    choice('radio', 'reason', { value: text, label: translations[language] ?? text }),
  );
  const asked =
    choices.length > 0
      ? `<fieldset><legend>${inHtml(ask.why, reader)}</legend>${choices.join('')}</fieldset>`
      : '';
  const instead =
    preferences === undefined
      ? ''
      : `<p class="or"><a href="${escapeHtml(preferences)}">${inHtml(ask.topics, reader)}</a></p>`;
  const days = look.theme.pause_days;
  const rest =
    days === 0
      ? ''
      : `<p class="or">${escapeHtml(pause.offer)}</p>` +
        form(submit(pauseLabel(reader, days), { action: ACTIONS.pause, quiet: true }));
  return pageFor(
    reader,
    ask.title,
    paragraph(inHtml(ask.body, reader)) + form(asked + submit(ask.button)) + rest + instead,
  );
}

function pauseLabel(reader: Reader, days: number): string {
  const length = new Intl.NumberFormat(reader.language, {
    style: 'unit',
    unit: 'day',
    unitDisplay: 'long',
  }).format(days);
  return textsOf(reader).pause.button.replaceAll('{length}', () => length);
}

/** Silence was asked for until then. */
export function pausedPage(
  reader: Reader,
  { until, preferences }: { until: Date } & Pick<Links, 'preferences'>,
): PageDocument {
  const { pause, ask } = textsOf(reader);
  const instead =
    preferences === undefined
      ? ''
      : `<p class="or"><a href="${escapeHtml(preferences)}">${inHtml(ask.topics, reader)}</a></p>`;
  return pageFor(reader, pause.title, paragraph(pauseBody(reader, until)) + instead);
}

function pauseBody(reader: Reader, until: Date): string {
  const { language, timeZone } = reader;
  const date = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone }).format(until);
  return escapeHtml(textsOf(reader).pause.body).replaceAll(
    '{date}',
    () => `<bdi>${escapeHtml(date)}</bdi>`,
  );
}

export function unsubscribedPage(
  reader: Reader,
  { confirm }: Pick<Links, 'confirm'>,
): PageDocument {
  const { title, body } = textsOf(reader).done;
  return pageFor(reader, title, paragraph(inHtml(body, reader)) + againForm(reader, confirm));
}

/** A topic as a person chooses it. */
export interface OfferedCategory {
  key: string;
  name: string;
  description: string;
  subscribed: boolean;
}

export interface Offer {
  categories: readonly OfferedCategory[];
  /** Empty: there is only the one of the link. */
  channels: readonly OfferedChannel[];
}

export function preferencesPage(
  { standing, ...reader }: Reader & Pick<PageRecipient, 'standing'>,
  { categories, channels, confirm }: Offer & Pick<Links, 'confirm'>,
): PageDocument {
  const texts = textsOf(reader).preferences;
  const topics = categories.map(({ key, name, description, subscribed }) =>
    choice('checkbox', 'category', { value: key, label: name, description, checked: subscribed }),
  );
  const out =
    standing === 'unsubscribed'
      ? ''
      : `<p class="or">${escapeHtml(texts.none)}</p>` +
        submit(texts.unsubscribe, { action: ACTIONS.unsubscribe, quiet: true });
  const title = topics.length > 0 ? texts.title : texts.channels;
  return pageFor(
    reader,
    title,
    (texts.intro && paragraph(inHtml(texts.intro, reader))) +
      notice(reader, { standing, confirm }) +
      form(
        group(topics) +
          channelGroup(reader, { channels, isTitled: topics.length === 0 }) +
          submit(texts.save, { action: ACTIONS.save }) +
          out,
      ),
  );
}

function group(choices: readonly string[], legend = ''): string {
  if (choices.length === 0) return '';
  const named = legend === '' ? ' aria-labelledby="title"' : '';
  return `<fieldset${named}>${legend && `<legend>${legend}</legend>`}${choices.join('')}</fieldset>`;
}

/** Names what was shown, so that a choice says nothing about a channel that came since. */
function channelGroup(
  reader: Reader,
  { channels, isTitled }: { channels: readonly OfferedChannel[]; isTitled: boolean },
): string {
  const texts = textsOf(reader).preferences;
  const choices = channels.map(({ key, address, state, lock }) =>
    choice('checkbox', 'channel', {
      value: key,
      label: texts.names[key],
      description: lock ? texts.locked[lock] : address,
      checked: state === 'on',
      locked: lock !== undefined,
    }),
  );
  const shown = channels
    .filter(({ lock }) => lock === undefined)
    .map(({ key }) => `<input type="hidden" name="shown" value="${key}">`);
  return group([...choices, ...shown], isTitled ? '' : inHtml(texts.channels, reader));
}

/** After a choice: also that nothing comes of it where nothing may. */
export function savedPage(
  { standing, ...reader }: Reader & Pick<PageRecipient, 'standing'>,
  links: Pick<Links, 'confirm'>,
): PageDocument {
  const { title, body } = textsOf(reader).saved;
  const said = notice(reader, { standing, ...links });
  return pageFor(reader, title, said || paragraph(inHtml(body, reader)));
}

/** Why nothing comes to this address, whatever is chosen, and the way out. */
function notice(
  reader: Reader,
  { standing, confirm }: Pick<PageRecipient, 'standing'> & Pick<Links, 'confirm'>,
): string {
  const { preferences, confirm: confirming, barred } = textsOf(reader);
  if (standing === 'subscribed') return '';
  if (standing === 'barred') return boxed(inHtml(barred.body, reader));
  if (reader.restsUntil) {
    return boxed(pauseBody(reader, reader.restsUntil), againForm(reader, confirm));
  }
  if (standing === 'unsubscribed') {
    return boxed(inHtml(preferences.unsubscribed, reader), againForm(reader, confirm));
  }
  // The page behind it holds the words that are agreed to.
  const way = `<p><a href="${escapeHtml(confirm)}">${inHtml(confirming.title, reader)}</a></p>`;
  return boxed(inHtml(preferences.unconfirmed, reader), way);
}

function boxed(text: string, way = ''): string {
  return `<div class="notice">${paragraph(text)}${way}</div>`;
}

function againForm(reader: Reader, confirm: string): string {
  const said = `<input type="hidden" name="said" value="${AGAIN}">`;
  return form(said + submit(textsOf(reader).done.again, { quiet: true }), confirm);
}

function fill(text: string, workspace: string): string {
  // As a function: in a string, `$&` would be a reference.
  return text.replaceAll('{workspace}', () => workspace);
}

/** A name may be written in another direction than the sentence it stands in. */
function inHtml(text: string, { workspace }: Reader): string {
  return fill(escapeHtml(text), `<bdi>${escapeHtml(workspace)}</bdi>`);
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
  return `<button type="submit"${name}${quiet ? ' class="quiet"' : ''}>${escapeHtml(label)}</button>`;
}

function choice(
  type: 'radio' | 'checkbox',
  name: string,
  {
    value,
    label,
    description,
    checked,
    locked,
  }: {
    value: string;
    label: string;
    description?: string | undefined;
    checked?: boolean;
    locked?: boolean;
  },
): string {
  const more = description ? `<small dir="auto">${escapeHtml(description)}</small>` : '';
  const state = `${checked ? ' checked' : ''}${locked ? ' disabled' : ''}`;
  return `<label${locked ? ' class="locked"' : ''}><input type="${type}" name="${name}" value="${escapeHtml(value)}"${state}><span><span dir="auto">${escapeHtml(label)}</span>${more}</span></label>`;
}

function pageFor(reader: Reader, title: string, content: string): PageDocument {
  const { language, workspace, address, look, logo, scheme } = reader;
  const shown =
    address === undefined ? '' : `<p class="address"><bdi>${escapeHtml(address)}</bdi></p>`;
  const texts = textsOf(reader);
  const parts = { language, texts, look, title: fill(title, workspace), workspace, logo, scheme };
  return writeDocument({ ...parts, content: shown + content });
}
