/** When something is to happen, again and again. All times are milliseconds since the epoch. */
export interface Schedule {
  /** The first time after `after`; undefined where there is none any more. */
  next(after: number): number | undefined;
  /** The last time after `after` and not after `until`. */
  last(after: number, until: number): number | undefined;
}
