/** The mark: a sprout with two leaves, which comes back every year. */
export function Logo({ size = 24 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden focusable="false">
      <rect width="32" height="32" rx="8" fill="var(--p-accent-fill)" />
      <path d="M16 26V15" stroke="#fff" strokeWidth="2.4" strokeLinecap="round" fill="none" />
      <path d="M16 17c0-5 3.2-8.6 9-9 .3 6-3 9.4-9 9z" fill="#fff" />
      <path d="M16 21c0-4-2.6-7-7.6-7.3C8.2 18.600 11 21.300 16 21z" fill="#b7dcc9" />
    </svg>
  );
}
