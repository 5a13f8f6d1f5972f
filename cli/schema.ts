/** `troismains schema`: the edition file as JSON Schema, for editors. */
import { editionJsonSchema } from '../domain/edition.js';
import type { Declared } from './help.js';
import { printJson } from './io.js';

/** The command `schema`. */
export const command: Declared = {
  description: {
    fr: "Écrit le JSON Schema du fichier d'édition : un éditeur de texte le complète et le vérifie.",
    en: 'Prints the JSON Schema of the edition file, so that an editor completes and checks it.',
  },
  example: {
    fr: "troismains schema > edition.schema.json\n# puis, première ligne d'un fichier d'édition :\n# yaml-language-server: $schema=./edition.schema.json",
    en: 'troismains schema > edition.schema.json\n# then, first line of an edition file:\n# yaml-language-server: $schema=./edition.schema.json',
  },
  run: () => printJson(editionJsonSchema()),
};
