import type { ContractViolation } from '../../../../../lib/languages/contract/problem.ts';
import { JobFailure } from '../jobs/job-run.ts';

/** A file's rows break the contract. The state machine knows the failure by its first word. */
export class ContractViolationFailure extends JobFailure {
  constructor(violation: ContractViolation) {
    super(`ContractViolation: ${JSON.stringify(violation)}`);
  }
}
