/** Nested contours under a waterline: soundings of open water, for places with nothing in them yet. */
export function Basin() {
  return (
    <svg className="basin" viewBox="0 0 160 64" aria-hidden="true">
      <path className="wl" d="M0 10h160" />
      <path d="M12 10c10 28 34 50 66 50 34 0 58-24 70-50" />
      <path d="M32 10c7 20 24 36 46 36 23 0 40-17 50-36" />
      <path d="M52 10c5 12 14 22 28 22 13 0 22-9 28-22" />
      <path d="M68 10c3 6 7 9 12 9s10-4 12-9" />
    </svg>
  );
}
