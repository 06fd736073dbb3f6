/** What a plan for an object does, as lines to read: each a sentence, with before and after where something becomes another. */
import type { AclGrant } from '../generated/AclGrant';
import type { Encryption } from '../generated/Encryption';
import type { ObjectStep } from '../generated/ObjectStep';
import type { Words } from '../words';
import { bytes } from '../words/format';

export interface StepLine {
  text: string;
  /** What is as it was, and what it becomes. */
  change?: { before: string; after: string };
  /** The key that is written, where it is another than the object's own. */
  key?: string;
}

/** The line of one step. */
export function stepLine(step: ObjectStep, words: Words['objects']): StepLine {
  const said = words.steps;
  switch (step.step) {
    case 'copy':
      if (step.from.key !== step.to) return { text: said.copy(bytes(step.from.size)), key: step.to };
      return {
        text: said.copyOnTop(step.from.versionId),
        change: { before: encryption(step.encryptionBefore, words), after: encryption(step.encryption, words) },
      };
    case 'rewrite':
      return { text: said.rewrite, change: { before: bytes(step.object.size), after: bytes(step.size) } };
    case 'hide':
      return { text: step.object.versionId === null ? said.delete : said.hide, key: step.object.key };
    case 'show':
      return { text: said.show, key: step.key };
    case 'remove':
      return { text: said.remove(step.object.versionId), key: step.object.key };
    case 'setTags':
      return { text: said.tags, change: { before: tags(step.before, words), after: tags(step.after, words) } };
    case 'setAcl':
      return { text: said.acl, change: { before: grants(step.before, words), after: grants(step.after, words) } };
  }
}

function encryption(value: Encryption | null, words: Words['objects']): string {
  if (!value) return words.values.bucketsOwn;
  return value.kmsKey ? `${value.encryptionType} (${value.kmsKey})` : value.encryptionType;
}

function tags(value: Record<string, string | undefined>, words: Words['objects']): string {
  const all = Object.entries(value).map(([name, text]) => `${name}=${text ?? ''}`);
  return all.length > 0 ? all.join(', ') : words.values.noTags;
}

function grants(value: readonly AclGrant[], words: Words['objects']): string {
  const isPublic = ({ grantee }: AclGrant) => 'group' in grantee && /\/(AllUsers|AuthenticatedUsers)$/.test(grantee.group);
  return words.values.grants(value.length, value.filter(isPublic).length);
}
