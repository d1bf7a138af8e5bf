import type { Expression } from './syntax.ts';

/** An expression as Trino writes it in its messages: `(a + 1)`, `sum(a)`, `'text'`. */
export function formatExpression(expression: Expression): string {
  const format = formatExpression;
  switch (expression.type) {
    case 'null':
    case 'true':
    case 'false':
      return expression.type;
    case 'number':
      return expression.text;
    case 'string':
      return `'${expression.value.replaceAll("'", "''")}'`;
    case 'typed':
      return `${expression.name.name.toUpperCase()} '${expression.value}'`;
    case 'column':
      return expression.name.quoted ? `"${expression.name.name}"` : expression.name.name.toLowerCase();
    case 'field':
      return `${format(expression.of)}.${expression.name.name.toLowerCase()}`;
    case 'subscript':
      return `${format(expression.of)}[${format(expression.index)}]`;
    case 'call': {
      const { name, args, distinct, star } = expression.call;
      const inside = star ? '*' : args.map(format).join(', ');
      return `${name.map((part) => part.name).join('.')}(${distinct ? 'DISTINCT ' : ''}${inside})`;
    }
    case 'cast':
      return `${expression.isTry ? 'TRY_CAST' : 'CAST'}(${format(expression.of)} AS ${expression.to.name})`;
    case 'binary-operation':
      return `(${format(expression.left)} ${expression.operator} ${format(expression.right)})`;
    case 'logical':
      return `(${expression.terms.map(format).join(` ${expression.operator} `)})`;
    case 'not':
      return `(NOT ${format(expression.of)})`;
    case 'sign':
      return `${expression.sign}${format(expression.of)}`;
    case 'is-null':
      return `(${format(expression.of)} IS ${expression.negated ? 'NOT ' : ''}NULL)`;
    case 'array':
      return `ARRAY[${expression.items.map(format).join(',')}]`;
    case 'row':
      return `ROW (${expression.items.map(format).join(', ')})`;
    case 'between':
      return `(${format(expression.of)} BETWEEN ${format(expression.low)} AND ${format(expression.high)})`;
    case 'case':
      return `(CASE ${expression.whens.map(({ when, value }) => `WHEN ${format(when)} THEN ${format(value)}`).join(' ')}${expression.otherwise ? ` ELSE ${format(expression.otherwise)}` : ''} END)`;
    default:
      return `<${expression.type}>`;
  }
}

/** Each expression inside another, but for those of subqueries. */
export function childrenOf(expression: Expression): Expression[] {
  switch (expression.type) {
    case 'field':
    case 'cast':
    case 'extract':
    case 'not':
    case 'sign':
    case 'is-null':
      return [expression.of];
    case 'subscript':
      return [expression.of, expression.index];
    case 'call': {
      const { args, orderBy, filter, window } = expression.call;
      const over = window ? [...window.partitionBy, ...window.orderBy.map((item) => item.by)] : [];
      return [...args, ...orderBy.map((item) => item.by), ...(filter ? [filter] : []), ...over];
    }
    case 'lambda':
      return [expression.body];
    case 'case':
      return [
        ...(expression.of ? [expression.of] : []),
        ...expression.whens.flatMap(({ when, value }) => [when, value]),
        ...(expression.otherwise ? [expression.otherwise] : []),
      ];
    case 'array':
    case 'row':
      return expression.items;
    case 'binary-operation':
    case 'is-distinct':
      return [expression.left, expression.right];
    case 'logical':
      return expression.terms;
    case 'between':
      return [expression.of, expression.low, expression.high];
    case 'in':
      return [expression.of, ...(expression.items ?? [])];
    case 'like':
      return [expression.of, expression.pattern];
    case 'quantified':
      return [expression.of];
    case 'at-time-zone':
      return [expression.of, expression.zone];
    case 'json':
      return [
        ...(expression.json.input ? [expression.json.input] : []),
        ...(expression.json.entries ?? []).flatMap(({ key, value }) => (key ? [key, value] : [value])),
      ];
    default:
      return [];
  }
}
