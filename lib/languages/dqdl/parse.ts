import { isDateText, parseValue, text } from './parse-condition.ts';
import { parseAnalyzer, parseLabels, parseRule } from './parse-rule.ts';
import type { DictionaryEntry, Rule, Ruleset, Span, Variable } from './ruleset.ts';
import { TokenReader } from './token-reader.ts';
import { checkReferences } from './variables.ts';

export { printRule, printRuleset } from './print.ts';

const METADATA_KEYS = ['Version'];
const SECTIONS = ['Rules', 'Analyzers', 'Metadata', 'DataSources', 'DefaultLabels'];
const SOURCE_KEYS = ['Primary', 'AdditionalDataSources'];

/** Reads a ruleset. Throws `DqdlError` for what Glue would not take, with what was expected and where. */
export function parseRuleset(source: string): Ruleset {
  const reader = new TokenReader(source);
  const ruleset: Ruleset = {
    metadata: [],
    dataSources: [],
    defaultLabels: [],
    variables: [],
    rules: [],
    analyzers: [],
  };
  const seen = new Set<string>();
  while (reader.peek().type !== 'end') {
    const name = reader.expectType('word', 'section');
    if (seen.has(name.value)) throw reader.error('doubleSection', name, { name: name.value });
    seen.add(name.value);
    parseSection(reader, ruleset, name);
  }
  if (ruleset.rules.length + ruleset.analyzers.length === 0)
    throw reader.error('noRules', { from: 0, to: source.length });
  checkReferences(reader, ruleset);
  return ruleset;
}

/** A single rule, as `printRule` writes it. */
export function parseSingleRule(source: string): Rule {
  const reader = new TokenReader(source);
  const rule = parseRule(reader);
  if (reader.peek().type !== 'end') throw reader.unexpected('ruleEnd');
  return rule;
}

function parseSection(reader: TokenReader, ruleset: Ruleset, name: Span & { value: string }): void {
  const near = SECTIONS.find((section) => section.toLowerCase() === name.value.toLowerCase());
  switch (name.value) {
    case 'Rules':
      openList(reader);
      ruleset.rules = reader.list(() => parseRule(reader));
      break;
    case 'Analyzers':
      openList(reader);
      ruleset.analyzers = reader.list(() => parseAnalyzer(reader));
      break;
    case 'Metadata':
      ruleset.metadata = parseDictionary(reader, METADATA_KEYS);
      break;
    case 'DataSources':
      ruleset.dataSources = parseDictionary(reader, SOURCE_KEYS);
      break;
    case 'DefaultLabels':
      ruleset.defaultLabels = parseLabels(reader, name);
      break;
    default:
      if (near) throw reader.error('nearSection', name, { name: name.value, near });
      if (!reader.is('=')) throw reader.error('noSection', name, { name: name.value });
      ruleset.variables.push(parseVariable(reader, name));
  }
}

function openList(reader: TokenReader): void {
  reader.expect('=');
  reader.expect('[');
}

function parseVariable(reader: TokenReader, name: Span & { value: string }): Variable {
  reader.expect('=');
  const start = reader.peek();
  const value = reader.take('[') ? reader.list(() => parseValue(reader)) : parseValue(reader);
  const values = Array.isArray(value) ? value : [value];
  const at = reader.since(name);
  if (values.length === 0) throw reader.error('emptyList', reader.since(start));
  const odd = values.find(({ kind }) => !['text', 'number', 'keyword', 'now'].includes(kind));
  if (odd) throw reader.error('oddVariable', odd.at);
  const isNumber = values.some(({ kind }) => kind === 'number');
  const mixed = isNumber && values.find((one) => one.kind === 'text' && !isDateText(one.value));
  if (mixed) throw reader.error('mixedList', mixed.at);
  return { name: name.value, value, at };
}

function parseDictionary(reader: TokenReader, keys: string[]): DictionaryEntry[] {
  reader.expect('=');
  reader.expect('{');
  return reader.list(() => {
    const key = text(reader, 'key');
    if (!keys.includes(key.value))
      throw reader.error('unknownKey', key.at, { keys: keys.map((one) => `"${one}"`).join(', ') });
    reader.expect(':');
    const value = reader.take('[') ? reader.list(() => text(reader, 'text').value) : text(reader, 'text').value;
    return { key: key.value, value };
  }, '}');
}
