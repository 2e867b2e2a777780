/** Liquid that writes just these characters: where tags and outputs would begin, it writes them. */
export function literalText(text: string): string {
  return text.replaceAll(/\{(?=[{%])/g, "{{ '{' }}");
}
