import * as z from 'zod';
import { Contract } from './contract.ts';

/** The document as it is kept: JSON that a person can read and a diff can follow. */
export function printContract(contract: Contract): string {
  return `${JSON.stringify(contract, undefined, 2)}\n`;
}

/** Reads a kept document; throws an error that says what in it is wrong. */
export function parseContract(text: string): Contract {
  const parsed = Contract.safeParse(JSON.parse(text));
  if (!parsed.success) throw new Error(`The contract is not valid: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}
