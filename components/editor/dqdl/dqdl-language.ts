import { StreamLanguage } from '@codemirror/language';

const WORDS = /^(?:and|or|between|in|matches|not|where|with|NULL|EMPTY|WHITESPACES_ONLY|true|false)\b/;

/** Colours for DQDL, token by token: what is wrong in it is the parser's to say. */
export const dqdlLanguage = StreamLanguage.define<{ isStart: boolean }>({
  name: 'dqdl',
  startState: () => ({ isStart: true }),
  token(stream) {
    if (stream.eatSpace()) return null;
    if (stream.match(/^#.*/)) return 'comment';
    if (stream.match(/^"(?:\\.|[^"\\])*"?/)) return 'string';
    if (stream.match(/^-?\d+(?:\.\d+)?/)) return 'number';
    if (stream.match(WORDS)) return 'keyword';
    if (stream.match(/^\$\w+/)) return 'variableName';
    if (stream.match(/^(?:Rules|Analyzers|Metadata|DataSources|DefaultLabels)\b/)) return 'keyword';
    // Names of rules are in camel case, and nothing else is.
    if (stream.match(/^[A-Z]\w*/)) return 'typeName';
    if (stream.match(/^\w+/)) return 'standardName';
    stream.next();
    return null;
  },
  languageData: { commentTokens: { line: '#' }, closeBrackets: { brackets: ['[', '(', '"'] } },
});
