/** Numbers, sizes and times as people read them. */

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const oneDecimal = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const dayAndMonth = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const dayMonthYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });

/** `1234` as `1,234`. */
export const count = (n: number): string => whole.format(n);

/** `one` or `many` by the number, after the number: `1 file`, `2 files`. */
export const counted = (n: number, one: string, many = `${one}s`): string => `${count(n)} ${n === 1 ? one : many}`;

/** Bytes in decimal units, as file managers show them: `1.4 kB`. */
export function bytes(n: number): string {
  if (n < 1000) return counted(n, 'byte');
  const units = ['kB', 'MB', 'GB', 'TB'];
  let value = n / 1000;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${(value < 10 ? oneDecimal : whole).format(value)} ${units[unit]}`;
}

/** The time of day: `09:41`. */
export const timeOfDay = (at: string): string => clock.format(new Date(at));

/** The day by its distance from `now`: `Today`, `Yesterday`, `12 Nov`, `12 Nov 2025`. */
export function day(at: string, now: Date): string {
  const then = new Date(at);
  const midnight = (d: Date) => new Date(d.getFullYear(), d.getMonth(), d.getDate()).getTime();
  const days = Math.round((midnight(now) - midnight(then)) / 86_400_000);
  if (days === 0) return 'Today';
  if (days === 1) return 'Yesterday';
  return then.getFullYear() === now.getFullYear() ? dayAndMonth.format(then) : dayMonthYear.format(then);
}

/** Day and time: `Today 09:41`. */
export const moment = (at: string, now: Date): string => `${day(at, now)} ${timeOfDay(at)}`;

/** A span of time, rounded to what matters: `a moment`, `12 s`, `3 min`, `1 h 20 min`. */
export function duration(millis: number): string {
  const seconds = Math.round(millis / 1000);
  if (seconds < 1) return 'a moment';
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const rest = minutes % 60;
  return `${Math.floor(minutes / 60)} h${rest > 0 ? ` ${rest} min` : ''}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function list(items: readonly string[], last = 'and'): string {
  if (items.length < 2) return items[0] ?? '';
  return `${items.slice(0, -1).join(', ')} ${last} ${items[items.length - 1]}`;
}

/** A phrase as it stands at the beginning of a line. */
export const atStart = (phrase: string): string => phrase.charAt(0).toUpperCase() + phrase.slice(1);

/** A name as it stands inside a sentence: its first letter small, unless it is an abbreviation. */
export function inSentence(name: string): string {
  const [first = '', second = ''] = name;
  return second !== '' && second === second.toUpperCase() && /\p{L}/u.test(second) ? name : first.toLowerCase() + name.slice(1);
}

/** A prefix with its parts set apart, as a path of folders: `prescriptions / 2026 / 11 /`. */
export const folderPath = (prefix: string): string => prefix.replaceAll('/', ' / ').trim();
