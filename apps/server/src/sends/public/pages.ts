/** Pages that recipients see. They hold no script and no data but what is named here. */
const TEXTS = {
  invalid: {
    title: 'This link does not work',
    body: 'It may have been cut off, or the message it came from is gone.',
  },
  confirm: {
    title: 'Confirm your subscription',
    body: 'Yes, this address is mine, and I want to get messages here.',
    button: 'Confirm',
  },
  confirmed: {
    title: 'You are subscribed',
    body: 'Messages come to this address. Each has a link by which you can unsubscribe.',
  },
  ask: {
    title: 'Unsubscribe',
    body: 'Do you no longer want to get these messages?',
    why: 'Why do you leave? You need not say.',
    button: 'Unsubscribe',
  },
  done: {
    title: 'You are unsubscribed',
    body: 'You will not get these messages any more.',
    again: 'Subscribe again',
  },
  preferences: {
    title: 'What do you want to hear about?',
    button: 'Save',
    none: 'Or none of it:',
    unsubscribe: 'Unsubscribe from everything',
  },
  saved: {
    title: 'Saved',
    body: 'You will hear about what you chose, and nothing else.',
  },
  test: {
    title: 'This was a test message',
    body: 'Nothing was changed.',
  },
} as const;

/** What a person says yes to on the page of `/c/`. */
export const CONFIRMED_TEXT = TEXTS.confirm.body;

/** Of forms: what the person meant. */
export const ACTIONS = { save: 'save', unsubscribe: 'unsubscribe' } as const;

/** A page that only says something. */
export function sayingPage(name: 'invalid' | 'confirmed' | 'saved' | 'test'): string {
  const { title, body } = TEXTS[name];
  return page(title, paragraph(body));
}

export function confirmPage(): string {
  const { title, body, button } = TEXTS.confirm;
  return page(title, paragraph(body) + form(submit(button)));
}

/** Asks, with the reasons that the workspace offers. */
export function unsubscribePage({ reasons }: { reasons: readonly string[] }): string {
  const { title, body, why, button } = TEXTS.ask;
  const choices = reasons.map((reason) =>
    choice('radio', 'reason', { value: reason, label: reason }),
  );
  const asked =
    choices.length > 0 ? `<fieldset><legend>${why}</legend>${choices.join('')}</fieldset>` : '';
  return page(title, paragraph(body) + form(asked + submit(button)));
}

/** `again`: where a change of mind is posted to. */
export function unsubscribedPage({ again }: { again: string }): string {
  const { title, body, again: button } = TEXTS.done;
  return page(title, paragraph(body) + form(submit(button, { quiet: true }), again));
}

/** A topic as a person chooses it. */
export interface OfferedCategory {
  key: string;
  name: string;
  description: string;
  subscribed: boolean;
}

export function preferencesPage({
  categories,
}: {
  categories: readonly OfferedCategory[];
}): string {
  const { title, button, none, unsubscribe } = TEXTS.preferences;
  const choices = categories.map(({ key, name, description, subscribed }) =>
    choice('checkbox', 'category', { value: key, label: name, description, checked: subscribed }),
  );
  return page(
    title,
    form(
      `<fieldset>${choices.join('')}</fieldset>` +
        submit(button, { action: ACTIONS.save }) +
        `<p class="or">${none}</p>` +
        submit(unsubscribe, { action: ACTIONS.unsubscribe, quiet: true }),
    ),
  );
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

function page(title: string, content: string): string {
  return `<!doctype html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>
body { margin: 0; min-height: 100dvh; display: grid; place-items: center; font: 1rem/1.5 system-ui, sans-serif; background: Canvas; color: CanvasText }
main { max-inline-size: 26rem; padding: 2rem; text-align: center }
h1 { font-size: 1.375rem; line-height: 1.3; margin: 0 0 .5rem }
p { margin: 0 0 1.5rem; opacity: .75 }
.or { margin: 1.5rem 0 .5rem }
fieldset { margin: 0 0 1.5rem; padding: 0; border: 0; text-align: start }
legend { margin: 0 0 .5rem; padding: 0; opacity: .75 }
label { display: flex; gap: .75rem; align-items: baseline; padding: .375rem 0; cursor: pointer; overflow-wrap: anywhere }
input { accent-color: #11694a; inline-size: 1rem; block-size: 1rem; flex: none; transform: translateY(.125rem) }
small { display: block; font-size: .875rem; opacity: .75 }
button { font: inherit; font-weight: 600; padding: .625rem 1.25rem; border: 0; border-radius: .5rem; background: #11694a; color: #fff; cursor: pointer }
button:hover { background: #0d563c }
button.quiet { background: none; color: inherit; border: 1px solid color-mix(in srgb, CanvasText 30%, transparent) }
button.quiet:hover { background: color-mix(in srgb, CanvasText 8%, transparent) }
button:focus-visible, input:focus-visible { outline: 2px solid #11694a; outline-offset: 2px }
</style>
</head>
<body><main><h1>${title}</h1>${content}</main></body>
</html>
`;
}
