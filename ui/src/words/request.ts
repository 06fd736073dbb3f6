/** What to ask of whoever manages the AWS account, as a message to copy. */
import { protection } from './en/protection';

/** A request for the permissions that reading a bucket's settings needs. */
export function askForReading(bucket: string, callerArn: string | null, permissions: readonly string[]): string {
  const { request } = protection;
  return message(bucket, callerArn, [permissions.length > 0 ? request.read(permissions) : request.readFailed]);
}

/** A request to put a setting right that this key may not write, or that reaches further than the bucket. */
export function askForFix(bucket: string, callerArn: string | null, what: string): string {
  return message(bucket, callerArn, [protection.request.fix(what)]);
}

/** A request to shut the whole account, which reaches every bucket in it. */
export function askForAccount(bucket: string, callerArn: string | null): string {
  return message(bucket, callerArn, [protection.request.account]);
}

function message(bucket: string, callerArn: string | null, wishes: readonly string[]): string {
  const { request } = protection;
  return [request.lead(bucket), callerArn ? request.who(callerArn) : '', ...wishes, request.thanks].filter(Boolean).join('\n');
}
