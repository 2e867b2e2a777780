/** Hands content to the browser as a file. */
export function saveFile(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken it up when the click returns; some start a moment later.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
