/** Relations, each with one row a contact at most, that are joined to the rows of `contacts`. */
export interface Joins {
  /**
   * The alias of the relation that this key names; `write` gives its query, with a `contact_id`,
   * and is asked once for each key: equal conditions share a relation.
   */
  add(key: string, write: () => string): string;
  /** The joins, in order, to stand behind `from contacts`. */
  readonly text: string;
}

/** No relations yet; `prefix` begins their aliases. */
export function createJoins(prefix = 'm'): Joins {
  const aliases = new Map<string, string>();
  const joins: string[] = [];
  return {
    add(key, write) {
      const known = aliases.get(key);
      if (known !== undefined) return known;
      const query = write();
      const alias = `${prefix}${joins.length + 1}`;
      aliases.set(key, alias);
      joins.push(`left join (${query}) ${alias} on ${alias}.contact_id = contacts.id`);
      return alias;
    },
    get text() {
      return joins.map((join) => `\n${join}`).join('');
    },
  };
}
