/** A statement of a policy as the policy has it, indented; a policy of one statement may have it without a list. */
export function statementText(policy: string, index: number): string {
  const { Statement } = JSON.parse(policy) as { Statement: unknown };
  return JSON.stringify([Statement].flat()[index], null, 2);
}
