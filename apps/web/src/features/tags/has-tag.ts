/** Whether a thing passes the filter by tag, as the server compares tags; none chosen: everything does. */
export function hasTag({ tags }: { tags: readonly string[] }, tag: string): boolean {
  const wanted = tag.toLowerCase();
  return tag === '' || tags.some((own) => own.toLowerCase() === wanted);
}
