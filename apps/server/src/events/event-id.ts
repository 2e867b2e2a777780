/** Where a fact is: the primary key of `events`. */
export interface FactKey {
  /** 0: nobody. */
  contactId: number;
  typeId: number;
  /** Epoch milliseconds. */
  occurredAt: number;
  id: number;
}

/** The ID that the API shows: the whole key, so that one row is read to find it. Opaque to callers. */
export function encodeEventId({ contactId, typeId, occurredAt, id }: FactKey): string {
  return [contactId, typeId, occurredAt, id].map((part) => part.toString(36)).join('-');
}

/** Undefined for what is no ID of an event. */
export function decodeEventId(text: string): FactKey | undefined {
  const [, ...parts] =
    /^([0-9a-z]{1,11})-([0-9a-z]{1,11})-([0-9a-z]{1,11})-([0-9a-z]{1,11})$/.exec(text) ?? [];
  if (parts.length === 0) return undefined;
  const [contactId, typeId, occurredAt, id] = parts.map((part) => parseInt(part, 36));
  const key = { contactId: contactId!, typeId: typeId!, occurredAt: occurredAt!, id: id! };
  const isPossible =
    Object.values(key).every(Number.isSafeInteger) && key.occurredAt < LAST_INSTANT;
  return isPossible ? key : undefined;
}

const LAST_INSTANT = Date.UTC(10_000, 0, 1);
