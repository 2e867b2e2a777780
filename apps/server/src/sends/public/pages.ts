/** Pages that recipients see. They hold no script and no data but what is named here. */
const TEXTS = {
  invalid: {
    title: 'This link does not work',
    body: 'It may have been cut off, or the message it came from is gone.',
  },
  ask: {
    title: 'Unsubscribe',
    body: 'Do you no longer want to get these messages?',
    button: 'Unsubscribe',
  },
  done: {
    title: 'You are unsubscribed',
    body: 'You will not get these messages any more.',
  },
  test: {
    title: 'This was a test message',
    body: 'Nothing was changed.',
  },
} as const;

export type PageName = keyof typeof TEXTS;

/** A whole page; `ask` holds a form that posts to its own address. */
export function recipientPage(name: PageName): string {
  const { title, body } = TEXTS[name];
  const form =
    name === 'ask'
      ? `<form method="post"><button type="submit">${TEXTS.ask.button}</button></form>`
      : '';
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
button { font: inherit; font-weight: 600; padding: .625rem 1.25rem; border: 0; border-radius: .5rem; background: #11694a; color: #fff; cursor: pointer }
button:hover { background: #0d563c }
button:focus-visible { outline: 2px solid #11694a; outline-offset: 2px }
</style>
</head>
<body><main><h1>${title}</h1><p>${body}</p>${form}</main></body>
</html>
`;
}
