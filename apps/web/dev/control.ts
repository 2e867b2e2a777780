/** What `/__fixtures` sets. */
export const control = {
  /** Length of the long lists. */
  items: 50,
  /** Milliseconds before each answer. */
  delay: 0,
  /** HTTP status of every answer, 0 for none. */
  fail: 0,
  role: 'admin' as string,
  /** 1: nobody is logged in. */
  out: 0,
  simulator: 1,
};
