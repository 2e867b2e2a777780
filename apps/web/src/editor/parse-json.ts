export type ParsedJson = { ok: true; value: unknown } | { ok: false; message: string; at: number };

/** Reads JSON; what is wrong comes with its place in the text. */
export function parseJson(text: string): ParsedJson {
  try {
    return { ok: true, value: JSON.parse(text) as unknown };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { ok: false, message: clean(message), at: placeIn(message, text) };
  }
}

/** V8 says "position 17", Firefox "line 2 column 5". */
function placeIn(message: string, text: string): number {
  const position = /position (\d+)/.exec(message);
  if (position) return Number(position[1]);
  const place = /line (\d+) column (\d+)/.exec(message);
  if (!place) return text.length;
  const before = text.split('\n').slice(0, Number(place[1]) - 1);
  return before.join('\n').length + (before.length > 0 ? 1 : 0) + Number(place[2]) - 1;
}

function clean(message: string): string {
  return message
    .replace(/^JSON\.parse: /, '')
    .replace(/ (in JSON )?at (position|line) \d+.*$/s, '');
}
