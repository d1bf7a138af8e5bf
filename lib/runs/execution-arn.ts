/** Returns the ARN of an execution of this state machine: `…:stateMachine:NAME` → `…:execution:NAME:ID`. */
export function executionArn(stateMachineArn: string, id: string): string {
  return `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${id}`;
}
