import { fits, readNumber } from '../file-format/value-kind.ts';
import { describeType } from './column-type.ts';
import { type Contract, type ContractColumn, columnsOf, type PhysicalType } from './contract.ts';
import { draftContract } from './infer-contract.ts';
import type { Problem } from './problem.ts';
import { columnNames } from './snake-case.ts';

/**
 * Widens a draft by what the rest of its own file holds: a draft is made of a file's beginning, and it would be wrong to
 * hold later rows to a guess. Undefined where a problem is none of types (a row that is cut short, a day that does not exist).
 */
export function widenContract(draft: Contract, problems: readonly Problem[]): Contract | undefined {
  const columns = columnsOf(draft).map((column) => ({ ...column, drafted: column.physicalType }));
  for (const problem of problems) if (!widen(columns, problem)) return undefined;
  const names = columnNames(columns.map((column) => column.physicalName));
  const named = columns.map(({ drafted: _, ...column }, index) => ({ ...column, name: names[index] ?? column.name }));
  return { ...draftContract(draft.name, named), id: draft.id };
}

/** A column on its way, with the type that the draft gave it. */
type Widening = ContractColumn & { drafted: PhysicalType | undefined };

function widen(columns: Widening[], { code, column: name, value = '' }: Problem): boolean {
  const column = columns.find(({ physicalName }) => physicalName === name?.trim());
  if (code === 'column-unexpected' && name && !column) {
    columns.push(textColumn(name));
    return true;
  }
  if (!column) return false;
  if (code === 'value-required' || code === 'column-missing') column.required = false;
  else if (code === 'type-mismatch' || code === 'number-out-of-range') {
    // What an earlier value asked for may do for this one too.
    if (column.physicalType !== column.drafted && takes(column.physicalType, value)) return true;
    column.physicalType = widerTypes(column.physicalType, value).find((type) => takes(type, value)) ?? 'string';
    column.logicalType = describeType(column.physicalType).logicalType;
  } else return false;
  return true;
}

function takes(type: PhysicalType, value: string): boolean {
  const { fitValue } = describeType(type);
  return !fitValue || fitValue(value, 0, value.length) === fits;
}

const SCALE_MAX = 6;

/** Wider types, the narrowest first; text takes everything. Always wider, so that widening again and again ends. */
function widerTypes(type: PhysicalType, value: string): PhysicalType[] {
  if (type === 'date') return ['timestamp'];
  if (type.startsWith('decimal')) return ['double'];
  if (type !== 'bigint') return [];
  const number = readNumber(value, 0, value.length);
  const isAmount = number && !number.hasExponent && number.fractionDigits > 1 && number.fractionDigits <= SCALE_MAX;
  // Whole numbers and amounts with the same number of decimals add up exactly, as in a draft of the whole file.
  return isAmount ? [`decimal(18,${number.fractionDigits})`, 'double'] : ['double'];
}

function textColumn(physicalName: string): Widening {
  const type = { logicalType: 'string', physicalType: 'string', drafted: undefined } as const;
  return { name: 'new', physicalName, ...type, required: false };
}
