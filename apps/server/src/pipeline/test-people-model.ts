/**
 * What identity means, in plain maps: people are trees of contacts as they were first made. A merge
 * hangs one tree under another, undoing it takes it off again. Nothing is ever moved, so nothing
 * has to be moved back: what the pipeline keeps in rows must come to the same.
 */
export interface Atom {
  n: number;
  parent: number | undefined;
  children: number[];
  fields: Map<string, { value: string; at: number }>;
  events: string[];
}

interface Held {
  atom: number;
  at: number;
  retired?: boolean;
}

export interface ModelMerge {
  keep: number;
  drop: number;
  inForce: boolean;
  dropped: string | undefined;
}

export interface Call {
  user?: string | undefined;
  anon?: string | undefined;
  at: number;
  event?: string;
  /** The same was sent before: it counts once, whoever has its identifiers by now. */
  again?: boolean;
  fields?: Record<string, string>;
}

export interface Person {
  external: string | null;
  ids: string[];
  fields: Record<string, string>;
  events: string[];
}

const SIGHTING_MS = 10 * 60_000;

export class PeopleModel {
  readonly atoms: Atom[] = [];
  readonly merges: ModelMerge[] = [];
  private readonly externals = new Map<string, Held>();
  private readonly anons = new Map<string, Held>();
  private apart: { on: number; value: number }[] = [];

  roots(): number[] {
    return this.atoms.filter(({ parent }) => parent === undefined).map(({ n }) => n);
  }

  rootOf(n: number): number {
    const { parent } = this.atoms[n]!;
    return parent === undefined ? n : this.rootOf(parent);
  }

  private treeOf(n: number): number[] {
    return [n, ...this.atoms[n]!.children.flatMap((child) => this.treeOf(child))];
  }

  private externalOf(root: number): string | undefined {
    const tree = this.treeOf(root);
    return [...this.externals].find(([, held]) => !held.retired && tree.includes(held.atom))?.[0];
  }

  private fieldOf(root: number, field: string): { value: string; at: number } | undefined {
    return this.treeOf(root)
      .flatMap((n) => this.atoms[n]!.fields.get(field) ?? [])
      .reduce<{ value: string; at: number } | undefined>(
        (best, own) => (best && best.at >= own.at ? best : own),
        undefined,
      );
  }

  private areApart(a: number, b: number): boolean {
    return this.apartRows(a, b).length > 0;
  }

  private apartRows(a: number, b: number): { on: number; value: number }[] {
    const [inA, inB] = [this.treeOf(a), this.treeOf(b)];
    return this.apart.filter(
      ({ on, value }) =>
        (inA.includes(on) && inB.includes(value)) || (inB.includes(on) && inA.includes(value)),
    );
  }

  private hang(keep: number, drop: number): void {
    const [kept, dropped] = [this.externalOf(keep), this.externalOf(drop)];
    if (kept !== undefined && dropped !== undefined) this.externals.get(dropped)!.retired = true;
    this.atoms[drop]!.parent = keep;
    this.atoms[keep]!.children.push(drop);
    this.merges.push({ keep, drop, inForce: true, dropped });
  }

  mergeByHand(keep: number, drop: number): void {
    if (keep === drop) return;
    const rows = this.apartRows(keep, drop);
    this.apart = this.apart.filter((row) => !rows.includes(row));
    this.hang(keep, drop);
  }

  /** False: the survivor was merged on, or it was undone before. */
  undo(merge: ModelMerge): boolean {
    const { keep, drop } = merge;
    if (!merge.inForce || this.rootOf(keep) !== keep) return false;
    merge.inForce = false;
    this.atoms[drop]!.parent = undefined;
    const { children } = this.atoms[keep]!;
    children.splice(children.indexOf(drop), 1);
    if (merge.dropped !== undefined) this.externals.get(merge.dropped)!.retired = false;
    this.keepOneExternal(keep);
    this.apart.push({ on: keep, value: drop }, { on: drop, value: keep });
    return true;
  }

  private keepOneExternal(root: number): void {
    const tree = this.treeOf(root);
    const own = [...this.externals.values()].filter(({ atom }) => tree.includes(atom));
    if (own.length === 0 || own.some(({ retired }) => !retired)) return;
    own.toSorted((a, b) => b.at - a.at)[0]!.retired = false;
  }

  take(call: Call): void {
    const ids = [
      ...(call.user ? [{ map: this.externals, value: call.user }] : []),
      ...(call.anon ? [{ map: this.anons, value: call.anon }] : []),
    ];
    const found = ids.flatMap(({ map, value }) => map.get(value) ?? []);
    let root = this.target(call, found) ?? this.mint();
    let via = this.viaOf(found, root);
    if (call.user !== undefined && !this.externals.has(call.user))
      this.externals.set(call.user, { atom: root, at: call.at });
    for (const { map, value } of ids) {
      const held = map.get(value);
      const other = held && this.rootOf(held.atom);
      if (other !== undefined && other !== root && this.mayMerge(root, other)) {
        const [keep, drop] =
          this.externalOf(root) !== undefined || root < other ? [root, other] : [other, root];
        this.hang(keep, drop);
        root = keep;
        via = undefined;
      }
      if (map === this.anons) this.use(value, { root, via, call });
    }
    for (const [field, value] of Object.entries(call.fields ?? {})) {
      const current = this.fieldOf(root, field);
      if (!current || call.at >= current.at)
        this.atoms[root]!.fields.set(field, { value, at: call.at });
    }
    if (call.event && !call.again) this.atoms[via ?? root]!.events.push(call.event);
  }

  private target({ user }: Call, found: Held[]): number | undefined {
    const roots = found.map(({ atom }) => this.rootOf(atom));
    if (user !== undefined) {
      const owner = this.externals.get(user);
      if (owner) return this.rootOf(owner.atom);
      return roots.find((root) => this.externalOf(root) === undefined);
    }
    return roots[0];
  }

  private viaOf(found: Held[], root: number): number | undefined {
    const atoms = new Set(found.map(({ atom }) => atom));
    const [only] = atoms;
    if (atoms.size !== 1 || only === root || this.rootOf(only!) !== root) return undefined;
    return only;
  }

  private mayMerge(root: number, other: number): boolean {
    return this.externalOf(other) === undefined && !this.areApart(root, other);
  }

  private use(
    value: string,
    { root, via, call }: { root: number; via: number | undefined; call: Call },
  ): void {
    const held = this.anons.get(value);
    if (held && this.rootOf(held.atom) === root) {
      if (call.at >= held.at + (call.event ? SIGHTING_MS : 1)) held.at = call.at;
    } else if (!held || call.at >= held.at) {
      this.anons.set(value, { atom: via ?? root, at: call.at });
    }
  }

  private mint(): number {
    const n = this.atoms.length;
    this.atoms.push({ n, parent: undefined, children: [], fields: new Map(), events: [] });
    return n;
  }

  people(): Person[] {
    return this.roots().map((root) => {
      const tree = this.treeOf(root);
      const idsIn = (map: Map<string, Held>, kind: string): string[] =>
        [...map]
          .filter(([, { atom }]) => tree.includes(atom))
          .map(([value, { retired }]) => `${retired ? 'former ' : ''}${kind}:${value}`);
      const names = new Set(tree.flatMap((n) => [...this.atoms[n]!.fields.keys()]));
      return {
        external: this.externalOf(root) ?? null,
        ids: [...idsIn(this.externals, 'external_id'), ...idsIn(this.anons, 'anonymous_id')],
        fields: Object.fromEntries(
          [...names].map((name) => [name, this.fieldOf(root, name)!.value]),
        ),
        events: tree.flatMap((n) => this.atoms[n]!.events),
      };
    });
  }
}
