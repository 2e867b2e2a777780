/** What stands in a text, one a line or parted by commas and semicolons; quotes go. */
export function addressesIn(text: string): string[] {
  return text
    .split(/[\r\n,;]+/)
    .map((part) =>
      part
        .trim()
        .replace(/^"(.*)"$/, '$1')
        .trim(),
    )
    .filter((part) => part !== '');
}
