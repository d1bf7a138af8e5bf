import { type Type, UNKNOWN } from '../../../../lib/languages/trino-sql/types.ts';
import { quoteText } from './compiled.ts';
import { fieldOf, newVariable } from './duck-type.ts';

/**
 * Athena's text of a value, as DuckDB SQL: results are written as CSV by the engine itself, so the text is made in SQL
 * and no row passes through JavaScript. Rendering follows Trino's (Java's) conventions: `7.0`, `1.0E10`,
 * `2024-01-15 10:30:00.000`, `[a, null]`, `{city=Paris}`; top-level NULL stays NULL. `digits` of a second; Athena shows
 * at least three.
 */
export function textOf(value: string, type: Type, digits = Math.max(3, type.precision ?? 3)): string {
  const of = type.of ?? [];
  switch (type.base) {
    case 'varchar':
    case 'char':
      return value;
    case 'decimal':
      return decimalText(value, type);
    case 'real':
    case 'double':
      return `java_double(${value})`;
    case 'timestamp':
      // Most of a large result's time is its timestamps: one call writes those of the usual precision.
      if (digits === 3) return `strftime(${value}, '%Y-%m-%d %H:%M:%S.%g')`;
      return `(strftime(${value}, '%Y-%m-%d %H:%M:%S') || ${fraction(value, digits)})`;
    case 'timestamp with time zone':
      return `(strftime(trino_local(${value}), '%Y-%m-%d %H:%M:%S') || ${fraction(`trino_local(${value})`, digits)} || ' ' || ${value}.z)`;
    case 'time':
      return `(strftime(CAST('1970-01-01' AS DATE) + ${value}, '%H:%M:%S') || ${fraction(`(CAST('1970-01-01' AS DATE) + ${value})`, digits)})`;
    case 'varbinary':
      return `rtrim(regexp_replace(lower(hex(${value})), '(..)', '\\1 ', 'g'))`;
    case 'interval day to second':
      return `trino_interval_text(${value})`;
    case 'interval year to month':
      return `trino_months_text(${value})`;
    case 'array': {
      const item = newVariable();
      return `'[' || array_to_string(list_transform(${value}, lambda ${item}: ${nullText(item, of[0] ?? UNKNOWN)}), ', ') || ']'`;
    }
    case 'map': {
      const entry = newVariable();
      const text = `${nullText(`${entry}.key`, of[0] ?? UNKNOWN)} || '=' || ${nullText(`${entry}.value`, of[1] ?? UNKNOWN)}`;
      return `'{' || array_to_string(list_transform(map_entries(${value}), lambda ${entry}: ${text}), ', ') || '}'`;
    }
    case 'row': {
      const fields = of.map((field, index) => {
        const name = type.names?.[index] || `field${index}`;
        return `${quoteText(`${name}=`)} || ${nullText(fieldOf(value, type, index), field)}`;
      });
      return `CASE WHEN ${value} IS NOT NULL THEN '{' || ${fields.join(` || ', ' || `)} || '}' END`;
    }
    default:
      return `CAST(${value} AS VARCHAR)`;
  }
}

/** Where all digits are behind the point, DuckDB writes none before it. */
function decimalText(value: string, { precision = 38, scale = 0 }: Type): string {
  if (precision > scale) return `CAST(${value} AS VARCHAR)`;
  if (precision < 38) return `CAST(CAST(${value} AS DECIMAL(${precision + 1}, ${scale})) AS VARCHAR)`;
  return `regexp_replace(CAST(${value} AS VARCHAR), '^(-?)\\.', '\\10.')`;
}

function nullText(value: string, type: Type): string {
  return `coalesce(${textOf(value, type)}, 'null')`;
}

function fraction(value: string, digits: number): string {
  return digits === 0 ? `''` : `'.' || left(strftime(${value}, '%f'), ${digits})`;
}
