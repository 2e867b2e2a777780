/** Full years from a day (YYYY-MM-DD) to another; undefined for what is nobody's age. */
export function ageOn(birthday: string, today: string): number | undefined {
  const years = Number(today.slice(0, 4)) - Number(birthday.slice(0, 4));
  const age = today.slice(5) < birthday.slice(5) ? years - 1 : years;
  // Who keeps the year to themselves is often stored with the year 1 or 1900.
  return age >= 0 && age < 120 ? age : undefined;
}
