import { ConfigError, type Requirable, readConfig } from '../config.js';
import { InputError } from './io.js';

/** The environment, checked; what is wrong with it is wrong input. */
export function configuration<R extends Requirable = never>(environment?: NodeJS.ProcessEnv, required: readonly R[] = []) {
  try {
    return readConfig(environment, required);
  } catch (error) {
    if (error instanceof ConfigError) throw new InputError({ fr: error.message, en: error.message });
    throw error;
  }
}
