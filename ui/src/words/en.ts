/** The catalogue in English: every word of the window that the command line does not share. */
import { common, diff, fix, rail, resume } from './en/common';
import { findings } from './en/findings';
import { identifiers } from './en/identifiers';
import { objects } from './en/objects';
import { overview } from './en/overview';
import { protection } from './en/protection';
import { rules } from './en/rules';
import { settings } from './en/settings';
import { gate, receipt, upload } from './en/upload';
import { connect, welcome } from './en/welcome';

export const en = { common, diff, fix, rail, resume, welcome, connect, overview, upload, gate, receipt, protection, findings, objects, rules, identifiers, settings };
