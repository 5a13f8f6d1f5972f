/** What is wrong with a command line, in the reader's language: Commander says it in English. */
import type { CommanderError } from 'commander';
import type { Locale } from '../domain/words.js';

/** Commander's sentences (14.0), and ours for them; what an option of ours asks for is said in the reader's language already. */
const FRENCH: readonly [RegExp, string][] = [
  [/^unknown command '(.*)'/s, 'commande inconnue « $1 ».'],
  [/^unknown option '(.*)'/s, 'option inconnue « $1 ».'],
  [/^missing required argument '(.*)'/s, 'il manque « $1 ».'],
  [/^required option '(.*)' not specified/s, "il manque l'option « $1 »."],
  [/^option '(.*)' argument missing/s, "il manque une valeur à l'option « $1 »."],
  [/^option '(.*)' argument '(.*)' is invalid\. Allowed choices are (.*)\.$/s, "l'option « $1 » n'accepte pas « $2 », mais : $3."],
  [/^option '(.*)' argument '(.*)' is invalid\. (.*)$/s, "l'option « $1 » n'accepte pas « $2 » : $3"],
  [/^command-argument value '(.*)' is invalid for argument '(.*)'\. (.*)$/s, '« $2 » ne peut pas être « $1 » : $3'],
  [/^too many arguments.*Expected (\d+) arguments? but got (\d+)\.$/s, "trop d'arguments : $2 au lieu de $1."],
];
const HINT = /\n?\(Did you mean (?:one of )?(.*)\?\)$/;

/** The words of an error of Commander's, without its `error:`; what it says that we have no words for stays in English. */
export function usageText({ message }: CommanderError, locale: Locale): string {
  const english = message.replace(/^error: /, '');
  if (locale === 'en') return english;
  const hint = HINT.exec(english)?.[1];
  const sentence = english.replace(HINT, '');
  const known = FRENCH.find(([pattern]) => pattern.test(sentence));
  const french = known === undefined ? sentence : sentence.replace(...known);
  return hint === undefined ? french : `${french} Peut-être : ${hint} ?`;
}
