/** Sends JSON with Basic auth; throws on anything but success. */
export async function post(
  url: string,
  { user = '', password = '', body }: { user?: string; password?: string; body: unknown },
): Promise<string> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${text.slice(0, 300)}`);
  return text;
}

/** Reads JSON with a management key, and how many milliseconds that took. */
export async function read<Answer>(
  url: string,
  key: string,
): Promise<{ answer: Answer; ms: number }> {
  const start = performance.now();
  const response = await fetch(url, { headers: { authorization: `Bearer ${key}` } });
  const answer = (await response.json()) as Answer;
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return { answer, ms: performance.now() - start };
}
