/** Whether what is searched for is a part of one of these, in whatever case. */
export function hasWords(texts: readonly string[], search: string): boolean {
  const wanted = search.trim().toLocaleLowerCase();
  return texts.some((text) => text.toLocaleLowerCase().includes(wanted));
}
