/** Letters that one language alone is written in, or that tell it from others of its script. */
const scripts: [language: string, letters: RegExp][] = [
  ['ja', /[\p{Script=Hiragana}\p{Script=Katakana}]/gu],
  ['ko', /\p{Script=Hangul}/gu],
  ['zh', /\p{Script=Han}/gu],
  ['el', /\p{Script=Greek}/gu],
  ['he', /\p{Script=Hebrew}/gu],
  ['th', /\p{Script=Thai}/gu],
];

/** The small words that a language cannot do without, and that others have not. */
const words: Record<string, string> = {
  en: 'the and of to is in that it was for with on are this have from not by they which you we be at were their has would there',
  fr: 'le la les et des est une dans que pour qui sur pas plus par avec sont au ce cette ses être nous vous mais ou aux ont été',
  de: 'der die und das ist nicht ein eine zu den mit von auf für dem sich auch wird werden bei oder sind als wir ihr nach wurde',
  es: 'el los las y que del por con una para es como más pero sus fue este ha muy sobre también hasta hay donde desde son entre',
  it: 'il di che è per una con non sono del della nel alla gli anche più questo come ma dei delle si ha essere stato quando',
  pt: 'o os que não uma para com por mais dos como mas foi ao ele das tem seu sua quando muito nos já eu também pelo até isso',
  ru: 'и в не на что он с как это его но они мы от она так же уже или за для был из её была только',
  uk: 'і в не на що він з як це його але вони ми від вона так вже або за для був із її була тільки',
  pl: 'i w nie na się że z do to jest jak ale co tak za od po jego przez są był dla czy być już tylko',
  sv: 'och att det som en är på för med av inte den till har ett om men var jag från vi kan så när också',
  nl: 'de het een en van ik te dat niet zijn op aan met als voor er maar om hem dan zou wat mijn men dit zo door over ze',
};
const vocabularies = Object.entries(words).map(([language, list]) => [language, new Set(list.split(' '))] as const);

const lettersRead = 64 * 1024;
const wordsMin = 20;
const lettersMin = 20;
/** Of the letters of a text, so many are of its script: names of others stand in any text, and Japanese has Chinese signs. */
const scriptShareMin = 0.2;
/** Of the words of a text, so many are small ones of its language, and so many more than of the next. */
const shareMin = 0.1;
const leadMin = 1.3;

/** The language that a text is written in (ISO 639-1); undefined where it is too short, or is none of those known here. */
export function detectLanguage(text: string): string | undefined {
  const part = text.slice(0, lettersRead).toLowerCase();
  const written = languageOfScript(part);
  if (written) return written;
  const found = part.match(/\p{L}+/gu) ?? [];
  if (found.length < wordsMin) return undefined;
  const [best, next] = vocabularies
    .map(([language, known]) => ({ language, count: found.filter((word) => known.has(word)).length }))
    .sort((one, other) => other.count - one.count);
  if (!best || best.count < found.length * shareMin || best.count < leadMin * (next?.count ?? 0)) return undefined;
  return best.language;
}

function languageOfScript(text: string): string | undefined {
  const count = (letters: RegExp) => text.match(letters)?.length ?? 0;
  const all = count(/\p{L}/gu);
  if (all < lettersMin) return undefined;
  return scripts.find(([, letters]) => count(letters) >= all * scriptShareMin)?.[0];
}
