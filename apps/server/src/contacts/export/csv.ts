/** A row of a CSV file (RFC 4180). */
export function csvRow(values: string[], separator: string): string {
  return `${values.map((value) => quoted(harmless(value), separator)).join(separator)}\r\n`;
}

/**
 * Spreadsheets take what begins so for a formula and run it, whoever wrote the value. Numbers and
 * phones stay as they are.
 */
function harmless(value: string): string {
  if (!/^[=+\-@\t\r\n]/.test(value) || /^[+-]?\d+([.,]\d+)?$/.test(value)) return value;
  return `'${value}`;
}

function quoted(value: string, separator: string): string {
  if (!/["\r\n]/.test(value) && !value.includes(separator)) return value;
  return `"${value.replaceAll('"', '""')}"`;
}
