import type { ColumnDefinition } from './create-table.ts';
import type { Token } from './tokenize.ts';

/** A name of up to three parts, in lower case. */
export interface QualifiedName {
  catalog?: string;
  schema?: string;
  name: string;
}

/** What a statement asks for. Queries inside are kept as text: they are translated elsewhere. */
export type Statement =
  | { type: 'SELECT' }
  | { type: 'SHOW_DATABASES'; pattern?: string }
  | { type: 'SHOW_TABLES'; database?: string; pattern?: string }
  | { type: 'SHOW_VIEWS'; database?: string; pattern?: string }
  | { type: 'SHOW_COLUMNS'; table: QualifiedName }
  | { type: 'SHOW_PARTITIONS'; table: QualifiedName }
  | { type: 'SHOW_TBLPROPERTIES'; table: QualifiedName; property?: string }
  | { type: 'SHOW_CREATE_TABLE'; table: QualifiedName }
  | { type: 'SHOW_CREATE_VIEW'; table: QualifiedName }
  | { type: 'DESCRIBE'; table: QualifiedName }
  | {
      type: 'CREATE_DATABASE';
      name: string;
      ifNotExists: boolean;
      comment?: string;
      location?: string;
      properties: Record<string, string>;
    }
  | { type: 'DROP_DATABASE'; name: string; ifExists: boolean; cascade: boolean }
  | { type: 'CREATE_TABLE'; isExternal: boolean; tokens: Token[] }
  | {
      type: 'CREATE_TABLE_AS_SELECT';
      table: QualifiedName;
      ifNotExists: boolean;
      properties: Record<string, string | string[]>;
      query: string;
      withData: boolean;
    }
  | { type: 'DROP_TABLE'; table: QualifiedName; ifExists: boolean }
  | { type: 'CREATE_VIEW'; table: QualifiedName; orReplace: boolean; query: string }
  | { type: 'DROP_VIEW'; table: QualifiedName; ifExists: boolean }
  | { type: 'UNLOAD'; query: string; location: string; properties: Record<string, string | string[]> }
  | { type: 'INSERT'; table: QualifiedName; columns?: string[]; query: string }
  | { type: 'ADD_PARTITION'; table: QualifiedName; ifNotExists: boolean; partitions: PartitionSpec[] }
  | { type: 'DROP_PARTITION'; table: QualifiedName; ifExists: boolean; partitions: PartitionSpec[] }
  | { type: 'REPAIR_TABLE'; table: QualifiedName }
  | { type: 'ADD_COLUMNS' | 'REPLACE_COLUMNS'; table: QualifiedName; columns: ColumnDefinition[] }
  | { type: 'SET_TBLPROPERTIES'; table: QualifiedName; properties: Record<string, string> }
  | { type: 'SET_LOCATION'; table: QualifiedName; partition?: PartitionSpec; location: string }
  | { type: 'RENAME_PARTITION'; table: QualifiedName; from: PartitionSpec; to: PartitionSpec }
  | { type: 'EXPLAIN'; analyze: boolean; kind: string; format: string; query: string }
  | { type: 'PREPARE'; name: string; query: string }
  | { type: 'EXECUTE'; name: string; parameters: string[] }
  | { type: 'DEALLOCATE'; name: string }
  | { type: 'UNSUPPORTED'; what: string };

export interface PartitionSpec {
  values: Record<string, string>;
  location?: string;
}

/** https://docs.aws.amazon.com/athena/latest/APIReference/API_QueryExecution.html#athena-Type-QueryExecution-StatementType */
export function statementClass(statement: Statement): 'DML' | 'DDL' | 'UTILITY' {
  if (['SELECT', 'INSERT', 'UNLOAD', 'EXECUTE'].includes(statement.type)) return 'DML';
  return /^(SHOW|DESCRIBE|EXPLAIN)/.test(statement.type) ? 'UTILITY' : 'DDL';
}
