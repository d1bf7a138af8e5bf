/** Prisma's code of a broken unique constraint: https://www.prisma.io/docs/orm/reference/error-reference#p2002 */
export function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'P2002';
}
