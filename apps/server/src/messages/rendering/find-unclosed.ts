/** An element whose end is missing, and where it starts in the source. */
interface Unclosed {
  name: string;
  at: number;
}

/** A comment, or a tag of MJML with its quoted attributes. */
const TAG = /<!--[^]*?-->|<(\/?)(mj-[\w-]+)((?:"[^"]*"|'[^']*'|[^"'>])*)>/g;

/**
 * Elements that hold HTML and are not closed before the next of MJML begins or ends. MJML says
 * nothing of them, and leaves out what they hold.
 */
export function findUnclosed(source: string, holdHtml: ReadonlySet<string>): Unclosed[] {
  const unclosed: Unclosed[] = [];
  let open: Unclosed | undefined;
  for (const { 1: slash, 2: name, 3: rest = '', index } of source.matchAll(TAG)) {
    if (name === undefined) continue;
    const closes = slash === '/' && open?.name === name;
    if (open && !closes) unclosed.push(open);
    const opens = slash === '' && holdHtml.has(name) && !rest.endsWith('/');
    open = opens ? { name, at: index } : undefined;
  }
  return open ? [...unclosed, open] : unclosed;
}
