/** Where a browser gives pages no clipboard, blocks can still be copied within this window. */
let kept = '';

/** By a menu; keys go through the browser's own events, which need no permission. */
export async function writeClipboard(text: string | undefined): Promise<void> {
  if (text === undefined) return;
  kept = text;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Refused, or not there on pages without TLS: what is kept is read instead.
  }
}

export async function readClipboard(): Promise<string> {
  try {
    return await navigator.clipboard.readText();
  } catch {
    return kept;
  }
}
