import type { Json } from '../json.ts';

/** Values of an ICU message, by name. */
export type MessageValues = Readonly<Record<string, string | number>>;

/** Things that conditions name by ID, beside segments. */
export type NamedKind = 'workflow' | 'message' | 'campaign';

/** What the parts of the language write their sentences with. */
export interface Write {
  /** Formats the message of the catalogue with this key. */
  message(key: string, values?: MessageValues): string;
  /** What people call a field, an event type or a parameter. */
  field(name: string): string;
  event(type: string): string;
  param(path: string): string;
  /** The name of a list or segment, of a category, of a channel. */
  segment(id: string): string;
  category(key: string): string;
  channel(name: string): string;
  /** The name of another thing of the workspace, by its ID. */
  name(kind: NamedKind, id: string): string;
  /** A value of a condition: a text in quotes, a number, a list, a reference to the event. */
  value(value: Json | undefined): string;
  /** What a text that is compared with a parameter is called; as `value` says it otherwise. */
  nameOfValue?(param: string): ((text: string) => string) | undefined;
  /** A day or an instant of a condition. */
  moment(value: string | number): string;
  /** A zone as a suffix such as " (workspace time)"; empty for none and UTC. */
  zone(zone: string | undefined): string;
  /** Sentences joined by "and", by "or". */
  all(sentences: readonly string[]): string;
  any(sentences: readonly string[]): string;
}
