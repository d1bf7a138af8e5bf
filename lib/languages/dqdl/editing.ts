/** What an editor offers while a ruleset is written: the text may be broken anywhere. */
import { FUNCTIONS } from './number-value.ts';
import { printText } from './print.ts';
import { findRuleType, type ParameterKind, RULE_TYPES, type RuleType } from './rule-types.ts';
import { kindOfColumn, type TableColumn } from './table.ts';

export { RULE_TYPES } from './rule-types.ts';
export { signatureOf } from './signature.ts';

export interface Completion {
  label: string;
  kind: 'section' | 'rule' | 'column' | 'operator' | 'keyword' | 'function' | 'value' | 'variable';
  /** What to put there, where it is not the label. */
  insert?: string;
}

export interface Completions {
  /** Where what is being written begins: what is chosen replaces all from there. */
  from: number;
  options: Completion[];
}

interface Piece {
  text: string;
  from: number;
  to: number;
  isOpenText: boolean;
}

/** Quoted texts, also one without an end; comments; words, numbers, variables; signs. */
const PIECES = /"(?:\\["\\]|[^"])*"?|#[^\n]*|\$?[\w.]*[\w]|\$|[<>!]=|[^\s]/g;

export function completionsAt(text: string, offset: number, columns: TableColumn[]): Completions {
  const pieces = piecesOf(text.slice(0, offset));
  const last = pieces.at(-1);
  if (last?.text.startsWith('#') && !text.slice(last.to, offset).includes('\n')) return { from: offset, options: [] };
  const isWriting = last !== undefined && last.to === offset && (last.isOpenText || /^[\w$]/.test(last.text));
  const from = isWriting ? last.from : offset;
  const written = isWriting ? last.text.replace(/^"/, '').toLowerCase() : '';
  const before = (isWriting ? pieces.slice(0, -1) : pieces).filter((piece) => !piece.text.startsWith('#'));
  const options = optionsAfter(
    before.map((piece) => piece.text),
    columns,
    isWriting && last.isOpenText,
    text,
  );
  return { from, options: options.filter((option) => isMeant(option, written)) };
}

function isMeant({ label, kind }: Completion, written: string): boolean {
  if (written.startsWith('$')) return kind === 'variable' && label.toLowerCase().includes(written);
  return label.toLowerCase().includes(written);
}

function piecesOf(text: string): Piece[] {
  return [...text.matchAll(PIECES)].map(({ 0: piece, index }) => ({
    text: piece,
    from: index,
    to: index + piece.length,
    isOpenText: piece.startsWith('"') && (piece.length === 1 || !/[^\\](?:\\\\)*"$/.test(piece)),
  }));
}

function optionsAfter(before: string[], columns: TableColumn[], isInText: boolean, text: string): Completion[] {
  const section = sectionOf(before);
  if (section === undefined) return isInText ? [] : SECTIONS;
  const rule = ruleParts(before.slice(section.start));
  const { role } = section;
  if (rule.length === 0) return isInText ? [] : ruleOptions(role);
  const type = findRuleType(rule[0] ?? '');
  if (!type) return [];
  return ofRule(type, rule.slice(1), columns, isInText, text, role);
}

const SECTIONS: Completion[] = [
  { label: 'Rules', kind: 'section', insert: 'Rules = [\n    \n]' },
  { label: 'Analyzers', kind: 'section', insert: 'Analyzers = [\n    \n]' },
];

type Role = 'Rules' | 'Analyzers';

/** The list that the cursor is in. */
function sectionOf(before: string[]): { role: Role; start: number } | undefined {
  let depth = 0;
  let found: { role: Role; start: number } | undefined;
  before.forEach((piece, index) => {
    if (piece === '[') {
      depth += 1;
      const role = before[index - 2];
      if (depth === 1 && (role === 'Rules' || role === 'Analyzers')) found = { role, start: index + 1 };
    }
    if (piece === ']') depth = Math.max(depth - 1, 0);
    if (depth === 0) found = undefined;
  });
  return found;
}

/** The pieces of the rule that is being written: from the last comma of the list, or the last bracket of a composite. */
function ruleParts(pieces: string[]): string[] {
  let start = 0;
  let lists = 0;
  pieces.forEach((piece, index) => {
    if (piece === '[') lists += 1;
    if (piece === ']') lists -= 1;
    const startsRule =
      piece === '(' && (index === 0 || [',', '(', 'and', 'or', 'AND', 'OR'].includes(pieces[index - 1] ?? ''));
    const isInBetween = pieces.slice(start, index).includes('between');
    if (lists === 0 && (piece === ',' ? !isOpenCall(pieces.slice(start, index)) : startsRule && !isInBetween))
      start = index + 1;
  });
  return pieces.slice(start);
}

const isOpenCall = (pieces: string[]) =>
  pieces.filter((piece) => piece === '(').length > pieces.filter((piece) => piece === ')').length;

function ruleOptions(role: Role): Completion[] {
  return RULE_TYPES.filter((type) => (role === 'Rules' ? type.isRule : type.isAnalyzer)).map(({ name }) => ({
    label: name,
    kind: 'rule' as const,
    insert: `${name} `,
  }));
}

const COMPARISONS = ['=', '!=', '>', '>=', '<', '<='];

function ofRule(
  type: RuleType,
  after: string[],
  columns: TableColumn[],
  isInText: boolean,
  text: string,
  role: Role,
): Completion[] {
  const start = after.findIndex((piece) => [...COMPARISONS, '!', 'between', 'in', 'matches', 'not'].includes(piece));
  const isPast = after.some((piece) => piece === 'where' || piece === 'with' || piece === 'labels');
  if (isPast) return isInText ? [] : afterTag(type, after);
  const given = after.filter((piece) => !['of', 'and'].includes(piece)).length;
  if (start >= 0) return ofCondition(type, after.slice(start), columns, after, isInText, text);
  const parameter = type.parameters[Math.min(given, type.parameters.length - 1)];
  const isWanted = parameter && (given < type.parameters.length || parameter.isMany);
  const names = isWanted ? parameterOptions(parameter.kind, type, columns) : [];
  if (isInText) return names;
  const isNeeded = given < type.parameters.filter(({ isOptional }) => !isOptional).length;
  return isNeeded || role === 'Analyzers' ? names : [...names, ...conditionOptions(type), ...trailing(type)];
}

function parameterOptions(kind: ParameterKind, type: RuleType, columns: TableColumn[]): Completion[] {
  if (kind === 'metric')
    return RULE_TYPES.filter(({ isAnalyzer, name }) => isAnalyzer && name !== 'AllStatistics').map(({ name }) => ({
      label: name,
      kind: 'rule' as const,
      insert: printText(name),
    }));
  if (kind === 'aggregate')
    return fitting('Sum', columns).map(({ name }) => ({
      label: `sum(${name})`,
      kind: 'column' as const,
      insert: printText(`sum(${name})`),
    }));
  if (kind !== 'column' && kind !== 'columns' && kind !== 'mapping') return [];
  const all =
    type.name === 'AllStatistics' ? [{ label: 'AllColumns', kind: 'column' as const, insert: '"AllColumns"' }] : [];
  return [
    ...all,
    ...fitting(type.name, columns).map(({ name }) => ({
      label: name,
      kind: 'column' as const,
      insert: printText(name),
    })),
  ];
}

/** After `where` and its SQL, after `with` and the name of a tag. */
function afterTag(type: RuleType, after: string[]): Completion[] {
  const last = after.at(-1) ?? '';
  if (last === 'with') return tagsOf(type).map((label) => ({ label, kind: 'keyword' as const, insert: `${label} ` }));
  if (last === 'threshold')
    return [...COMPARISONS, 'between'].map((label) => ({ label, kind: 'operator' as const, insert: `${label} ` }));
  return last.startsWith('"') ? trailing({ ...type, hasWhere: false, condition: 'optional' }) : [];
}

function tagsOf({ name, hasThreshold }: RuleType): string[] {
  const ofFiles = name.startsWith('File')
    ? ['recentFiles', 'uriRegex', ...(name === 'FileFreshness' ? ['timeZone'] : [])]
    : [];
  return [...(hasThreshold ? ['threshold'] : []), ...(name === 'ColumnValues' ? ['ignoreCase'] : []), ...ofFiles];
}

const NUMERIC = ['Mean', 'Sum', 'StandardDeviation', 'Variance', 'ColumnCorrelation'];

/** Columns of the kind that the rule can look at. */
function fitting(type: string, columns: TableColumn[]): TableColumn[] {
  if (NUMERIC.includes(type)) return columns.filter((column) => kindOfColumn(column) === 'number');
  if (type === 'DataFreshness')
    return columns.filter((column) => ['date', 'timestamp', 'text'].includes(kindOfColumn(column)));
  return columns;
}

function conditionOptions({ name, condition, kinds }: RuleType): Completion[] {
  if (condition === 'none') return [];
  const isOrdered = kinds.some((kind) => kind !== 'text');
  const isText = kinds.includes('text') && name !== 'ColumnDataType';
  const words = [...(isOrdered ? ['between'] : []), 'in', 'not in', ...(isText ? ['matches'] : [])];
  const signs = isOrdered ? COMPARISONS : ['=', '!='];
  return [
    ...signs.map((label) => ({ label, kind: 'operator' as const, insert: `${label} ` })),
    ...words.map((label) => ({ label, kind: 'operator' as const, insert: `${label} ` })),
  ];
}

function trailing({ hasWhere, hasThreshold, condition }: RuleType): Completion[] {
  const where: Completion[] = hasWhere ? [{ label: 'where', kind: 'keyword', insert: 'where "' }] : [];
  const threshold: Completion[] = hasThreshold
    ? [{ label: 'with threshold', kind: 'keyword', insert: 'with threshold > ' }]
    : [];
  return condition === 'required' ? [] : [...where, ...threshold];
}

function ofCondition(
  type: RuleType,
  condition: string[],
  columns: TableColumn[],
  after: string[],
  isInText: boolean,
  text: string,
): Completion[] {
  if (isInText) return [];
  const last = condition.at(-1) ?? '';
  if (last === 'not')
    return ['between', 'in', 'matches'].map((label) => ({ label, kind: 'operator' as const, insert: `${label} ` }));
  const isOpen = [...COMPARISONS, '!', 'between', 'and', 'in', 'matches', '[', ',', '(', '+', '-', '*', '/'].includes(
    last,
  );
  if (isOpen) return valueOptions(type, last, columns, after, text);
  const isHalf = condition.includes('between') && !condition.includes('and');
  if (isHalf) return [{ label: 'and', kind: 'keyword', insert: 'and ' }, ...units(type, last)];
  return [...units(type, last), ...trailing({ ...type, condition: 'optional' })];
}

const UNITS = { duration: ['minutes', 'hours', 'days'], size: ['B', 'KB', 'MB', 'GB', 'TB'] };

function units(type: RuleType, last: string): Completion[] {
  if (!/^\d/.test(last)) return [];
  const labels = type.kinds.flatMap((kind) => (kind === 'duration' || kind === 'size' ? UNITS[kind] : []));
  return labels.map((label) => ({ label, kind: 'keyword' as const }));
}

const DATA_TYPES = ['Boolean', 'Date', 'Timestamp', 'Integer', 'Long', 'Float', 'Double', 'String'];

function valueOptions(
  type: RuleType,
  last: string,
  columns: TableColumn[],
  after: string[],
  text: string,
): Completion[] {
  const value = (label: string): Completion => ({ label, kind: 'value' });
  if (last === 'in') return [value('['), ...variablesIn(text)];
  if (type.name === 'ColumnDataType')
    return DATA_TYPES.map((label) => ({ label, kind: 'value' as const, insert: printText(label) }));
  const column = columns.find(({ name }) => after.some((piece) => piece === printText(name) || piece === name));
  const isOfText = !column || kindOfColumn(column) === 'text';
  const keywords = type.name === 'ColumnValues' ? ['NULL', ...(isOfText ? ['EMPTY', 'WHITESPACES_ONLY'] : [])] : [];
  const isDate =
    type.kinds.includes('date') && (!column || ['date', 'timestamp', 'text'].includes(kindOfColumn(column)));
  const moments = isDate ? ['now()', '(now() - 1 days)', '(now() - 1 hours)'] : [];
  const isNumber = type.kinds.includes('number');
  const functions = isNumber
    ? [
        ...FUNCTIONS.map((name) => ({
          label: `${name}()`,
          kind: 'function' as const,
          insert: name === 'last' ? 'last(10)' : `${name}(last(10))`,
        })),
      ]
    : [];
  const canList = ['=', '[', ','].includes(last) ? variablesIn(text) : [];
  return [
    ...keywords.map((label) => ({ ...value(label), kind: 'keyword' as const })),
    ...moments.map(value),
    ...canList,
    ...functions,
  ];
}

function variablesIn(text: string): Completion[] {
  const names = [...text.matchAll(/^\s*([A-Za-z_]\w*)\s*=/gm)].map(([, name = '']) => name);
  const sections = ['Rules', 'Analyzers', 'Metadata', 'DataSources', 'DefaultLabels'];
  return names
    .filter((name) => !sections.includes(name))
    .map((name) => ({ label: `$${name}`, kind: 'variable' as const }));
}
