import { type Contract, type ContractColumn, columnsOf } from './contract.ts';

export type ContractChange =
  | { type: 'column-added' | 'column-removed'; column: string }
  | { type: 'type-changed' | 'physical-name-changed'; column: string; from: string; to: string }
  | { type: 'required-changed'; column: string; from: boolean; to: boolean };

/** What changed from one contract to another, column by column, in the order of the tables. */
export function contractDiff(from: Contract, to: Contract): ContractChange[] {
  const before = new Map(columnsOf(from).map((column) => [column.name, column]));
  const after = new Map(columnsOf(to).map((column) => [column.name, column]));
  const removed = [...before.keys()]
    .filter((column) => !after.has(column))
    .map((column): ContractChange => ({ type: 'column-removed', column }));
  const rest = [...after].flatMap(([column, now]): ContractChange[] => {
    const then = before.get(column);
    return then ? columnDiff(then, now) : [{ type: 'column-added', column }];
  });
  return [...removed, ...rest];
}

function columnDiff(from: ContractColumn, to: ContractColumn): ContractChange[] {
  const column = to.name;
  const changes: ContractChange[] = [];
  if (from.physicalType !== to.physicalType) {
    changes.push({ type: 'type-changed', column, from: from.physicalType, to: to.physicalType });
  }
  if (from.physicalName !== to.physicalName) {
    changes.push({ type: 'physical-name-changed', column, from: from.physicalName, to: to.physicalName });
  }
  if (from.required !== to.required)
    changes.push({ type: 'required-changed', column, from: from.required, to: to.required });
  return changes;
}
