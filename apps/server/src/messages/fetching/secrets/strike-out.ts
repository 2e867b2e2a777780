const STRUCK = '(secret)';
/** Anything shorter stands in ordinary words. */
const LEAST = 8;

/** A server may say what it was sent: what comes of it goes into messages, and the secret does not. */
export function strikeOut(text: string, secret: string): string {
  return formsOf(secret).reduce((left, form) => left.replaceAll(form, STRUCK), text);
}

/** As it is and as JSON has it; whole, and without the scheme before it (`Bearer …`). */
function formsOf(secret: string): string[] {
  const credentials = secret.slice(secret.indexOf(' ') + 1).trim();
  return [secret, credentials]
    .filter((form) => form.length >= LEAST)
    .flatMap((form) => [form, JSON.stringify(form).slice(1, -1)]);
}
