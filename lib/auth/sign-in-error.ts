/** What next-auth hands to the sign-in page when an address has had too many wrong passwords. Client-safe. */
export const LOCKED = 'LOCKED';

/** How long the failures of an address count, and so how long its lock lasts at most. */
export const LOCKED_MINUTES = 15;
