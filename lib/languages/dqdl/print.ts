import type {
  Analyzer,
  Condition,
  DictionaryEntry,
  Label,
  Parameter,
  Rule,
  Ruleset,
  SimpleRule,
  Value,
  VariableReference,
} from './ruleset.ts';

/** The canonical text of a ruleset: one rule a line. Reading it again gives the same ruleset. */
export function printRuleset(ruleset: Ruleset): string {
  const { metadata, dataSources, defaultLabels, variables, rules, analyzers } = ruleset;
  const sections = [
    metadata.length > 0 ? `Metadata = ${printDictionary(metadata)}` : '',
    dataSources.length > 0 ? `DataSources = ${printDictionary(dataSources)}` : '',
    defaultLabels.length > 0 ? `DefaultLabels = [${printLabels(defaultLabels)}]` : '',
    ...variables.map(({ name, value }) => `${name} = ${Array.isArray(value) ? printList(value) : printValue(value)}`),
    rules.length > 0 ? printSection('Rules', rules.map(printRule)) : '',
    analyzers.length > 0 ? printSection('Analyzers', analyzers.map(printAnalyzer)) : '',
  ];
  return `${sections.filter((section) => section !== '').join('\n')}\n`;
}

export function printRule(rule: Rule): string {
  if (rule.kind === 'rule') return printSimpleRule(rule);
  return rule.rules.map((part) => `(${printRule(part)})`).join(` ${rule.kind} `);
}

function printSimpleRule({ type, parameters, condition, where, tags, labels }: SimpleRule): string {
  return [
    printHead(type, parameters),
    ...(condition ? [printCondition(condition)] : []),
    ...(where ? [`where ${printText(where.value)}`] : []),
    ...tags.map((tag) => `with ${tag.name} ${printCondition(tag.condition)}`),
    ...(labels.length > 0 ? [`labels=[${printLabels(labels)}]`] : []),
  ].join(' ');
}

export const printAnalyzer = ({ type, parameters }: Analyzer): string => printHead(type, parameters);

function printHead(type: string, parameters: Parameter[]): string {
  return [type, ...parameters.map(printValue)].join(' ');
}

export function printCondition(condition: Condition): string {
  switch (condition.op) {
    case 'between':
      return `${not(condition)}between ${printValue(condition.low)} and ${printValue(condition.high)}`;
    case 'in':
      return `${not(condition)}in ${Array.isArray(condition.values) ? printList(condition.values) : printValue(condition.values)}`;
    case 'matches':
      return `${not(condition)}matches ${printValue(condition.pattern)}`;
    default:
      return `${condition.op} ${printValue(condition.value)}`;
  }
}

const not = ({ negated }: { negated: boolean }) => (negated ? 'not ' : '');
const printList = (values: Value[]) => `[${values.map(printValue).join(', ')}]`;

function printValue(value: Value | VariableReference): string {
  switch (value.kind) {
    case 'text':
      return printText(value.value);
    case 'variable':
      return `$${value.name}`;
    case 'number':
      return value.text;
    case 'keyword':
      return value.value;
    case 'now':
      return value.offset ? `(now() ${value.offset.sign} ${value.offset.amount} ${value.offset.unit})` : 'now()';
    case 'duration':
    case 'size':
      return `${value.amount} ${value.unit}`;
    case 'call':
      return `${value.name}(${value.arguments.map(printValue).join(', ')})`;
    case 'operation':
      return `${printValue(value.left)} ${value.op} ${printValue(value.right)}`;
    case 'group':
      return `(${printValue(value.value)})`;
  }
}

/** A backslash is doubled only where it would else be read as an escape, so that regular expressions stay as they are. */
export function printText(value: string): string {
  return `"${value.replace(/\\(?=["\\]|$)/g, '\\\\').replace(/"/g, '\\"')}"`;
}

const printLabels = (labels: Label[]) =>
  labels.map(({ key, value }) => `${printText(key)}=${printText(value)}`).join(', ');

function printDictionary(entries: DictionaryEntry[]): string {
  const printed = entries.map(
    ({ key, value }) =>
      `${printText(key)}: ${Array.isArray(value) ? `[${value.map(printText).join(', ')}]` : printText(value)}`,
  );
  return `{ ${printed.join(', ')} }`;
}

const printSection = (name: string, lines: string[]) =>
  `${name} = [\n${lines.map((line) => `    ${line}`).join(',\n')}\n]`;
