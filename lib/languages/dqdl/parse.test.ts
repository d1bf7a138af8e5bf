import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DqdlError } from './dqdl-error.ts';
import { parseRuleset, parseSingleRule, printRule, printRuleset } from './parse.ts';
import { RULE_TYPES, type RuleType } from './rule-types.ts';
import type { Rule, Ruleset } from './ruleset.ts';

/** What a ruleset says, without where it says it. */
const meaning = (of: Ruleset | Rule): unknown =>
  JSON.parse(JSON.stringify(of, (key, value) => (key === 'at' ? undefined : value)));

const rules = (text: string) => parseRuleset(`Rules = [ ${text} ]`).rules;

/** Rules as `printRule` writes them. */
const CANONICAL = String.raw`
IsPrimaryKey "a"
IsPrimaryKey "a" "b" "c"
IsPrimaryKey "a" where "a > 100"
IsUnique "a" "b"
IsUnique "a" where "x = 'it''s'"
IsComplete "col_1" where "col_2 is not null"
RowCount = 100
RowCount != 100
RowCount = -100
RowCount = 100 where "a > 100"
RowCount between (0.9 * average(last(10))) and 1.1 * average(last(10))
RowCount not between 1 and 2
RowCount in [1, 2, 3]
RowCount not in [1, 2]
RowCountMatch "reference" = 1.0
RowCountMatch "db.reference" between 0.8 and 0.98
Completeness "a" between (0.9 * avg(last(10))) and (1.1 * avg(last(10)))
Completeness "a" >= 0.5 where "b > 1"
ColumnDataType "a" = "String"
ColumnDataType "a" != "Integer"
ColumnDataType "a" in ["Date", "String"] with threshold > 0.9
ColumnDataType "a" = "String" where "b > 1" with threshold between 0.4 and 0.8
ColumnNamesMatchPattern "aws_.*_[a-zA-Z0-9]+"
ColumnExists "load_dt"
ColumnCount = avg(std(last(10)))
ColumnCount > -100.123456
ColumnCorrelation "a" "b" between -0.44444 and 0.888888
Uniqueness "a" "b" > 0.5
Uniqueness "a" between -0.00000001 and 0.00000000000002
ColumnValues "a" between "2022-06-01" and "2022-06-30"
ColumnValues "load_dt" > (now() - 1 days)
ColumnValues "a" < (now() + 4 minutes)
ColumnValues "a" in [1, 2, 3, NULL]
ColumnValues "a" not in ["1", "2"]
ColumnValues "a" > "9:30 AM"
ColumnValues "a" between "9:00 AM" and "21:50"
ColumnValues "a" in [now(), (now() - 3 hours), (now() + 4 days)]
ColumnValues "a" in ["a", NULL, EMPTY, WHITESPACES_ONLY]
ColumnValues "a" = NULL
ColumnValues "a" != EMPTY
ColumnValues "a" matches "[a-zA-Z0-9]*"
ColumnValues "a" not matches "\d{3}\.\w+" with threshold <= 0.4
ColumnValues "a" in ["A", "b"] with ignoreCase = "true"
ColumnValues "a" <= 0.4 with threshold not between 0.4 and 0.8
ColumnValues "a" in ["ColumnValues in [ \"x\" ]", "a,,b"]
ColumnLength "a" >= 100 where "b > 1" with threshold > 0.5
Sum "a-b.c" > -100.0
Mean "a" between -20 and -10 where "b > 1"
StandardDeviation "a" <= -10000.0
Variance "a" between 0.1 and 0.5
Entropy "a" between 10 and 30 where "b > 1"
DistinctValuesCount "a" <= index(last(10), 2) + std(last(5))
UniqueValueRatio "a" between min(last(10)) - 1 and max(last(10)) + 1
DataFreshness "a" <= 3 days
DataFreshness "a" > 90 minutes
DataFreshness "a" between 2 hours and 4 days where "b > 1"
DataFreshness "a" not in [1 days, 2 days]
ReferentialIntegrity "a,b" "reference.{c,d}" = 0.99
ReferentialIntegrity "a" "db.reference.c" between 0.4 and 0.6
DatasetMatch "reference" "ID1->ID11,ID2->ID22" "colA->colAA" between 0.4 and 0.8
DatasetMatch "reference" "ID" = 0.99
SchemaMatch "ref-1" >= 1.0
AggregateMatch "avg(a)" "avg(reference.a)" between 0.8 and 0.9
CustomSql "select count(*) from primary" > 0
CustomSql "select a from primary where a > 3"
CustomSql "select a from primary" with threshold > 0.5
DetectAnomalies "RowCount"
DetectAnomalies "ColumnCorrelation" "a" "b"
FileMatch "S3://PATH" in ["hash", "hash"] with hashAlgorithm = "MD5"
FileMatch in ["hash"] with dataFrame = "true"
FileMatch "S3://PATH1" "S3://PATH2" with tag1 = "x" with tag2 = "y"
FileUniqueness "S3://PATH1" >= 0.9
FileUniqueness > 0.5
FileFreshness "S3://PATH" between "2024-01-01" and (now() + 10 minutes)
FileFreshness > "21:45" with timeZone = "America/New_York" with recentFiles = 1
FileSize between 1 B and 1 GB
FileSize not in [500 KB, 150 GB] with threshold > 0.7
FileSize < 5 TB labels=["key"="value", "Key"="other"]
FileSize > 2
(RowCount > 0) or (IsComplete "a") or (IsUnique "a")
(RowCount > 0) or ((IsComplete "a") and (IsUnique "a"))
((RowCount > 0) and (IsComplete "b")) or ((IsComplete "a") and (IsUnique "a"))
((RowCount > 0) and (IsComplete "b")) and (IsUnique "a")
`
  .trim()
  .split('\n');

/** As people write them, and as they are printed. */
const WRITTEN: [string, string][] = [
  ['IsComplete of col_1', 'IsComplete "col_1"'],
  ['ColumnCorrelation of a and "b c" > 0.5', 'ColumnCorrelation "a" "b c" > 0.5'],
  ['DetectAnomalies of Completeness of "colA"', 'DetectAnomalies "Completeness" "colA"'],
  ['DetectAnomalies of ColumnCorrelation of "a" and "b"', 'DetectAnomalies "ColumnCorrelation" "a" "b"'],
  ['(IsComplete "a") AND (IsUnique "b")', '(IsComplete "a") and (IsUnique "b")'],
  ['(IsComplete "a") OR (IsUnique "b")', '(IsComplete "a") or (IsUnique "b")'],
  ['(A_) or (IsUnique "b")'.replace('A_', 'IsComplete a'), '(IsComplete "a") or (IsUnique "b")'],
  ['(IsComplete a) and (IsUnique b) or (RowCount > 1)', '((IsComplete "a") and (IsUnique "b")) or (RowCount > 1)'],
  ['(RowCount > 1) or (IsComplete a) and (IsUnique b)', '(RowCount > 1) or ((IsComplete "a") and (IsUnique "b"))'],
  ['((IsComplete "a"))', 'IsComplete "a"'],
  ['RowCount > 10 and IsComplete "a"', '(RowCount > 10) and (IsComplete "a")'],
  ['RowCount>10', 'RowCount > 10'],
  ['RowCount between 1 and avg(last(10))-1', 'RowCount between 1 and avg(last(10)) - 1'],
  ['RowCount > 1 # at least', 'RowCount > 1'],
  ['ColumnValues "a" in [null, empty, whitespaces_only]', 'ColumnValues "a" in [NULL, EMPTY, WHITESPACES_ONLY]'],
  [String.raw`ColumnValues "a" = "a\\b\"c"`, String.raw`ColumnValues "a" = "a\b\"c"`],
  [String.raw`ColumnValues "a" = "ends\\"`, String.raw`ColumnValues "a" = "ends\\"`],
  ['CustomSql "select 1\nfrom primary" > 0', 'CustomSql "select 1\nfrom primary" > 0'],
];

/** Text, what the error says, and the line and column that it points to. */
const WRONG: [string, string, [number, number]?][] = [
  ['', 'a ruleset needs at least one rule'],
  ['Rules = [ ]', 'a ruleset needs at least one rule'],
  ['Rules = {', "expected '['", [1, 9]],
  ['Rules = [', 'expected a rule, found the end of the text', [1, 10]],
  ['Rules = ]', "expected '['"],
  ['Rules = Abc', "expected '['"],
  ['rules = [ RowCount > 1 ]', "'rules' is no section; did you mean Rules?", [1, 1]],
  ['Rules [ RowCount > 1 ]', "expected '='", [1, 7]],
  ['Rules = [ RowCount > 1', "expected ',' or ']', found the end of the text"],
  ['Rules = [ RowCount > 1, ]', "expected a rule, found ']'", [1, 25]],
  ['Rules = [ RowCount > 1 ] ]', 'expected Rules, Analyzers or the name of a variable'],
  ['Rules = [ RowCount > 1 ]\nRules = [ RowCount > 1 ]', 'Rules is there twice', [2, 1]],
  ['Rules = [ rowcount > 1 ]', "'rowcount' is no rule type; did you mean RowCount?", [1, 11]],
  ['Rules = [ 11ColumnValues "a" > 1 ]', "'11ColumnValues' is no rule type"],
  ['Rules = [ ColumnValues "a" "b" > 1 ]', 'ColumnValues takes no more than one parameter', [1, 28]],
  ['Rules = [ RowCount "a" > 1 ]', 'RowCount takes no more than nothing', [1, 20]],
  ['Rules = [\n  IsComplete "a",\n  Completeness "b"\n]', 'expected the condition of Completeness', [4, 1]],
  ['Rules = [ Completeness > 0.5 ]', 'expected the column of Completeness', [1, 24]],
  ['Rules = [ ColumnNamesMatchPattern aws_* ]', "found '*'", [1, 39]],
  ['Rules = [ IsComplete "a" > 0.05 ]', 'IsComplete takes no condition', [1, 26]],
  ['Rules = [ IsUnique "a" <= 1.5 ]', 'IsUnique takes no condition'],
  ['Rules = [ ColumnDataType "a" ]', 'expected the condition of ColumnDataType'],
  ['Rules = [ ColumnDataType "a" with threshold > 0.7 ]', 'the condition of ColumnDataType'],
  ['Rules = [ ColumnValues "a" matches ]', 'expected a regular expression in double quotes', [1, 36]],
  ['Rules = [ ColumnValues "a" matches 5 ]', 'expected a regular expression in double quotes'],
  ['Rules = [ ColumnValues "a" > now() + 1 hours ]', 'a moment stands in brackets, as in (now() - 3 days)'],
  ['Rules = [ ColumnValues "a" = (now() - 3 weeks) ]', "expected ')', found 'weeks'", [1, 41]],
  ['Rules = [ ColumnValues "a" > (now() - 1) ]', 'expected a duration after now()'],
  ['Rules = [ ColumnValues "a" > now(1) ]', 'now() takes nothing'],
  ['Rules = [ ColumnValues "a" > "abc" ]', 'expected a number or a date for ColumnValues', [1, 30]],
  ['Rules = [ ColumnValues "a" in [1, "2"] ]', 'expected a number for ColumnValues', [1, 35]],
  ['Rules = [ ColumnValues "a" in [] ]', 'this list needs at least one value'],
  ['Rules = [ ColumnValues "a" not 5 ]', "expected 'between', 'in' or 'matches'", [1, 32]],
  ['Rules = [ ColumnValues "a" between 1 or 2 ]', "expected 'and' and the upper bound", [1, 38]],
  ['Rules = [ Completeness "a" > 0.4 with threshold > 0.4]', 'Completeness takes no threshold', [1, 34]],
  ['Rules = [ ColumnValues "a" > 0.4 with]', 'expected threshold or the name of a tag'],
  ['Rules = [ ColumnValues "a" > 0.4 threshold]', "expected ',' or ']', found 'threshold'"],
  ['Rules = [ ColumnValues "a" > 0.4 with threshold]', 'expected a condition for threshold'],
  ['Rules = [ ColumnValues "a" > 0.4 with threshold > "x"]', 'expected a number for threshold'],
  ['Rules = [ DataFreshness "a" <= 3 ]', 'expected a duration such as 24 hours for DataFreshness', [1, 32]],
  ['Rules = [ DataFreshness "a" between 2 and 4 days ]', 'expected a duration'],
  ['Rules = [ FileSize > 5 days ]', 'expected a size such as 5 MB'],
  ['Rules = [ ReferentialIntegrity "a" = 0.99 ]', 'expected the reference of ReferentialIntegrity'],
  ['Rules = [ ReferentialIntegrity "a" "b" "c" ]', 'takes no more than 2 parameters'],
  ['Rules = [ DatasetMatch "reference" = 0.99 ]', 'expected the keys of DatasetMatch'],
  ['Rules = [ SchemaMatch "a" > 0.2 with threshold > 0.5 ]', 'SchemaMatch takes no threshold'],
  ['Rules = [ AggregateMatch "sum(a)" > 0.1 ]', 'expected the second of AggregateMatch'],
  ['Rules = [ DetectAnomalies ]', 'expected the metric of DetectAnomalies'],
  ['Rules = [ AllStatistics "id" ]', 'AllStatistics can only be an analyzer'],
  ['Rules = [ CustomSql "select 1" > 1 with threshold > 1 ]', 'a condition or a threshold, not both'],
  ['Rules = [ FileMatch "s3://a" ]', 'FileMatch needs checksums'],
  ['Rules = [ IsComplete "a" where "" ]', 'the SQL after where is empty'],
  ['Rules = [ IsComplete "a" where b > 1 ]', 'expected SQL in double quotes', [1, 32]],
  ['Rules = [ IsComplete "a ]', 'this text has no closing quote', [1, 22]],
  ['Rules = [ IsComplete "a" labels=[] ]', 'labels need at least one label'],
  ['Rules = [ IsComplete "a" labels=[k=v] ]', 'expected the key of a label in double quotes'],
  ['Rules = [ IsComplete "a" labels=["k"=""] ]', 'an empty value'],
  ['Rules = [ IsComplete "a" labels=["k"="1", "k"="2"] ]', 'the label "k" is there twice'],
  [`Rules = [ IsComplete "a" labels=["${'k'.repeat(129)}"="1"] ]`, 'this can have 128 characters at most'],
  [
    `Rules = [ IsComplete "a" labels=[${[...'abcdefghijk'].map((key) => `"${key}"="1"`).join()}] ]`,
    '10 labels at most',
  ],
  ['Rules = [ (IsComplete "a" ]', "expected ')'"],
  ['Rules = [ (IsComplete "a") and ]', 'expected a rule'],
  ['Rules = [ ColumnValues "a" in $Known ]', 'there is no variable Known', [1, 31]],
  ['Known = []\nRules = [ ColumnValues "a" in $Known ]', 'this list needs at least one value'],
  ['Known = [1, "a"]\nRules = [ ColumnValues "a" in $Known ]', 'a list holds either numbers or texts'],
  ['Rules = [ RowCount > 1 ] Analyzers = [ IsComplete "a" ]', 'IsComplete cannot be an analyzer'],
  ['Rules = [ RowCount > 1 ] Analyzers = [ Completeness "a" > 1 ]', "expected ',' or ']'"],
  ['Rules = [ RowCount > 1 ] Analyzers = [ Completeness "a", ]', 'expected an analyzer'],
  ['Metadata = { "Author": "me" } Rules = [ RowCount > 1 ]', 'expected "Version"'],
  ['Rules = [ RowCount > 1 + ]', "expected a value, found ']'"],
  ['Rules = [ RowCount > ("a" * 2) ]', 'only numbers can be calculated with'],
  ['Rules = [ RowCount > 1 ; RowCount > 2 ]', "';' cannot stand here", [1, 24]],
  [`Rules = [ RowCount > ${'('.repeat(200)}1${')'.repeat(200)} ]`, 'nested too deeply'],
  [`Rules = [ ${'('.repeat(60)}RowCount > 1${')'.repeat(60)} ]`, 'nested too deeply'],
];

describe('rules', () => {
  it.each(CANONICAL)('%s is read and printed as it is', (text) => {
    const [rule] = rules(text) as [Rule];
    expect(printRule(rule)).toBe(text);
    expect(meaning(parseSingleRule(text))).toEqual(meaning(rule));
  });

  it.each(WRITTEN)('%s is printed as %s', (written, printed) => {
    const [rule] = rules(`${written}\n`) as [Rule];
    expect(printRule(rule)).toBe(printed);
    expect(meaning(rules(printed)[0] as Rule)).toEqual(meaning(rule));
  });

  it.each(crossed())('%s is read', (text) => {
    const [rule] = rules(text) as [Rule];
    expect(printRule(rule)).toBe(text);
  });

  it('has every published type', () => {
    const read = [...CANONICAL, 'AllStatistics'].join('\n');
    expect(RULE_TYPES).toHaveLength(33);
    for (const { name } of RULE_TYPES) expect(read).toMatch(new RegExp(`^\\(*${name}\\b`, 'm'));
  });
});

const PARAMETERS: Record<string, string> = {
  columns: 'a,b',
  dataset: 'db.t',
  reference: 'db.t.{a,b}',
  mapping: 'a->b',
  aggregate: 'sum(a)',
  sql: 'select 1',
  pattern: 'a+',
  metric: 'RowCount',
};

const VALUES = {
  number: ['-0.5', '(2 * max(last(7)) - 1)'],
  text: [],
  date: ['"2026-01-31"', 'now()', '(now() - 2 hours)'],
  duration: ['24 hours', '2 days'],
  size: ['1 B', '20 MB'],
};

/** Each rule type with each operator and each kind of value that it takes. */
function crossed(): string[] {
  const operators = (value: string) => [
    ...['=', '!=', '>', '>=', '<', '<='].map((op) => `${op} ${value}`),
    `between ${value} and ${value}`,
    `not between ${value} and ${value}`,
    `in [${value}, ${value}]`,
  ];
  const ofType = (type: RuleType) => {
    const names = type.parameters.map(({ kind }) => ` "${PARAMETERS[kind] ?? 'a'}"`).join('');
    return type.kinds.flatMap((kind) =>
      VALUES[kind].flatMap(operators).map((condition) => `${type.name}${names} ${condition}`),
    );
  };
  return RULE_TYPES.filter(({ isRule, condition }) => isRule && condition !== 'none').flatMap(ofType);
}

describe('rulesets', () => {
  it('have metadata, sources, labels, variables, rules and analyzers', () => {
    const text = `Metadata = { "Version": "1.0" }
DataSources = { "Primary": "sales", "AdditionalDataSources": ["a", "b"] }
DefaultLabels = ["team"="data"]
Regions = ["EU", "US"]
Column = "region"
Rules = [
    ColumnValues $Column in $Regions,
    RowCount > 0
]
Analyzers = [
    RowCount,
    AllStatistics "AllColumns"
]
`;
    const ruleset = parseRuleset(text);
    expect(printRuleset(ruleset)).toBe(text);
    expect(ruleset.dataSources[1]).toEqual({ key: 'AdditionalDataSources', value: ['a', 'b'] });
  });

  it('may have analyzers alone', () => {
    expect(parseRuleset('Analyzers = [ Completeness "a" ]').rules).toEqual([]);
  });

  it('knows where each part stands', () => {
    const text = 'Rules = [\n  IsComplete "a",\n  ColumnValues "b" > 5 where "c = 1"\n]';
    const [, second] = parseRuleset(text).rules as [Rule, Rule & { kind: 'rule' }];
    expect(text.slice(second.at.from, second.at.to)).toBe('ColumnValues "b" > 5 where "c = 1"');
    const { condition, where } = second;
    expect(text.slice(condition?.at.from, condition?.at.to)).toBe('> 5');
    expect(text.slice(where?.at.from, where?.at.to)).toBe('"c = 1"');
  });

  it.each(WRONG)('%s is refused: %s', (text, message, place) => {
    const error = refusal(text);
    expect(error.message).toContain(message);
    if (place) expect([error.line, error.column]).toEqual(place);
    expect(error.from).toBeLessThanOrEqual(text.length);
  });

  it('of any text are read or refused with a place in it', () => {
    const pieces = fc.constantFrom(
      ...'Rules = [ ] ( ) , "a" "b RowCount IsComplete ColumnValues > < between and or not in matches where with threshold labels 5 -1.5 last now() NULL days $x # \n \\'.split(
        ' ',
      ),
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 25 }), (parts) => {
        const text = `Rules = [ ${parts.join(' ')} ]`;
        try {
          const ruleset = parseRuleset(text);
          expect(meaning(parseRuleset(printRuleset(ruleset)))).toEqual(meaning(ruleset));
        } catch (error) {
          if (!(error instanceof DqdlError)) throw error;
          expect(error.to).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('say the same when they are printed, whatever stands in quotes', () => {
    const word = fc.string({ unit: 'binary', maxLength: 12 });
    fc.assert(
      fc.property(word, fc.array(word, { minLength: 1, maxLength: 4 }), word, (column, values, where) => {
        const quote = (text: string) => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
        const filter = where.trim() === '' ? '' : ` where ${quote(where)}`;
        const text = `Rules = [ ColumnValues ${quote(column)} in [${values.map(quote).join()}]${filter} ]`;
        const ruleset = parseRuleset(text);
        expect(meaning(parseRuleset(printRuleset(ruleset)))).toEqual(meaning(ruleset));
        const [rule] = ruleset.rules as [Rule & { kind: 'rule' }];
        expect(rule.parameters[0]).toMatchObject({ value: column });
      }),
    );
  });
});

function refusal(text: string): DqdlError {
  try {
    parseRuleset(text);
  } catch (error) {
    if (error instanceof DqdlError) return error;
    throw error;
  }
  throw new Error(`this was read: ${text}`);
}
