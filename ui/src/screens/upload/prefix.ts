/** The destination as a template of a prefix. */

/** The template with the date filled in and with one slash at its end, as a preview before there is anything to send. */
export function filledPrefix(template: string, today: Date): string {
  const pad = (n: number) => String(n).padStart(2, '0');
  const filled = template
    .trim()
    .replaceAll('\\', '/')
    .replaceAll('{yyyy}', String(today.getFullYear()))
    .replaceAll('{mm}', pad(today.getMonth() + 1))
    .replaceAll('{dd}', pad(today.getDate()))
    .replace(/^\/+/, '');
  return filled === '' || filled.endsWith('/') ? filled : `${filled}/`;
}
