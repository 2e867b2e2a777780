/**
 * Facts `e` about one of some messages (a list of IDs as text), in the terms of the index events_of_message. IDs are
 * shorter than what it keeps of them.
 */
export function aboutMessageSql(e: string, messages: string): string {
  return `${e}.params ? 'delivery' and left(${e}.params ->> 'message', 20) = any(${messages})`;
}
