import fc from 'fast-check';

/** Values that have broken programs before. */
const NASTY: unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  1.5,
  1e21,
  1e308,
  Number.MAX_SAFE_INTEGER,
  2 ** 31,
  2 ** 63,
  '',
  ' ',
  '0',
  'null',
  'undefined',
  '__proto__',
  'constructor',
  "'; drop table contacts; --",
  '{{ contact.email }}',
  '\u0000',
  '\ud800',
  '\u202e',
  '\u{1f600}',
  'ContactCreated',
  'u1',
  'a1',
  'u2',
  'ada@example.com',
  'bob@example.com',
  '+380501234567',
  '2026-02-30T10:00:00Z',
  '9999-12-31T23:59:59Z',
  '0001-01-01',
  'x'.repeat(301),
  'x'.repeat(5001),
  [],
  {},
  [[]],
  [null],
  { a: { b: { c: { d: 1 } } } },
];

const value = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...NASTY) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 30 }) },
  { weight: 1, arbitrary: fc.double() },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
);

const edit = fc.record({
  /** Which place; taken modulo their number. */
  at: fc.nat(10_000),
  how: fc.constantFrom('replace', 'remove', 'rename', 'double', 'wrap', 'add'),
  value,
  name: fc.oneof(
    fc.constantFrom('id', '__proto__', 'constructor', '', 'email'),
    fc.string({ maxLength: 12 }),
  ),
});
type Edit = typeof edit extends fc.Arbitrary<infer T> ? T : never;

/** A copy with a few places changed: most of it stays good, so that it gets far. */
export function nearly(body: unknown, most = 3): fc.Arbitrary<unknown> {
  return fc
    .array(edit, { minLength: 0, maxLength: most })
    .map((edits) => edits.reduce<unknown>(change, structuredClone(body)));
}

type Parent = Record<string | number, unknown>;

function change(body: unknown, one: Edit): unknown {
  const root = { body };
  const places = placesOf(root);
  const [parent, name] = places[one.at % places.length]!;
  changes[one.how](parent, name, one);
  return root.body;
}

const changes: Record<Edit['how'], (parent: Parent, name: string | number, edit: Edit) => void> = {
  replace: (parent, name, edit) => put(parent, name, edit.value),
  remove(parent, name) {
    if (Array.isArray(parent)) parent.splice(Number(name), 1);
    else if (name !== 'body') delete parent[name];
  },
  rename(parent, name, edit) {
    if (Array.isArray(parent) || name === 'body') return;
    const kept = parent[name];
    delete parent[name];
    put(parent, edit.name, kept);
  },
  double(parent, name) {
    const kept = parent[name];
    if (Array.isArray(kept)) kept.push(...structuredClone(kept));
    else put(parent, name, [kept, structuredClone(kept)]);
  },
  wrap: (parent, name) => put(parent, name, [parent[name]]),
  add(parent, name, edit) {
    const inner = parent[name];
    if (Array.isArray(inner)) inner.push(structuredClone(edit.value));
    else if (typeof inner === 'object' && inner !== null)
      put(inner as Parent, edit.name, edit.value);
  },
};

/** As a member of its own, whatever its name. */
function put(parent: Parent, name: string | number, member: unknown): void {
  Object.defineProperty(parent, name, {
    // A copy: what is put into it later is not put into the value of other cases.
    value: structuredClone(member),
    writable: true,
    enumerable: true,
    configurable: true,
  });
}

function placesOf(parent: Parent): [Parent, string | number][] {
  return Object.entries(parent).flatMap(([name, inner]) => [
    [parent, name] as [Parent, string],
    ...(typeof inner === 'object' && inner !== null ? placesOf(inner as Parent) : []),
  ]);
}

/** JSON with a character taken out or put in somewhere. */
export function broken(text: string): fc.Arbitrary<string> {
  return fc
    .record({
      at: fc.nat(text.length),
      cut: fc.nat(3),
      insert: fc.string({ unit: 'binary', maxLength: 2 }),
    })
    .map(({ at, cut, insert }) => text.slice(0, at) + insert + text.slice(at + cut));
}
