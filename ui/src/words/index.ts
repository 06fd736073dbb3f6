/** The words of the window. A second language would be a second catalogue of this type. */
import { en } from './en';

export type Words = typeof en;

export const words: Words = en;
