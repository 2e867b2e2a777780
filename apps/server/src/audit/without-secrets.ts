/** By name; the callers leave secrets out, this holds when one forgets. */
const secretName =
  /pass(word|phrase|wd)|secret|private|credential|authorization|cookie|(^|_)(token|auth|pass|dkim_key)$|(api|access|signing|service_account)_?key/i;

const struckOut = '(secret)';

/** A copy in which what its name calls a secret is not to be read. */
export function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (value === null || typeof value !== 'object' || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      secretName.test(snakeCase(name)) && hasContent(member) ? struckOut : withoutSecrets(member),
    ]),
  );
}

/** That a secret was absent, or became so, may be seen; so may a flag about it. */
function hasContent(member: unknown): boolean {
  return member !== null && member !== undefined && typeof member !== 'boolean';
}

function snakeCase(name: string): string {
  return name.replaceAll(/([a-z])([A-Z])/g, '$1_$2').toLowerCase();
}
