import { message } from '../../../common/message';
import { unsupported } from './failure';

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

function pad(value: number, width = 2, fill = '0'): string {
  return String(value).padStart(width, fill);
}

function dayOfYear(date: Date): number {
  const start = Date.UTC(date.getFullYear(), 0, 1);
  return (Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) - start) / 86_400_000 + 1;
}

/** Weeks of the year that begin on `first` (0: Sunday); days before the first such day are in week 0. */
function week(date: Date, first: number): number {
  return Math.floor((dayOfYear(date) + 6 - ((date.getDay() - first + 7) % 7)) / 7);
}

const DIRECTIVES: Readonly<Record<string, (date: Date) => string>> = {
  '%': () => '%',
  n: () => '\n',
  t: () => '\t',
  Y: (date) => String(date.getFullYear()),
  y: (date) => pad(date.getFullYear() % 100),
  C: (date) => pad(Math.floor(date.getFullYear() / 100)),
  m: (date) => pad(date.getMonth() + 1),
  d: (date) => pad(date.getDate()),
  e: (date) => pad(date.getDate(), 2, ' '),
  H: (date) => pad(date.getHours()),
  I: (date) => pad(date.getHours() % 12 || 12),
  M: (date) => pad(date.getMinutes()),
  S: (date) => pad(date.getSeconds()),
  f: (date) => pad(date.getMilliseconds() * 1000, 6),
  p: (date) => (date.getHours() < 12 ? 'AM' : 'PM'),
  A: (date) => DAYS[date.getDay()] ?? '',
  a: (date) => (DAYS[date.getDay()] ?? '').slice(0, 3),
  B: (date) => MONTHS[date.getMonth()] ?? '',
  b: (date) => (MONTHS[date.getMonth()] ?? '').slice(0, 3),
  h: (date) => (MONTHS[date.getMonth()] ?? '').slice(0, 3),
  j: (date) => pad(dayOfYear(date), 3),
  w: (date) => String(date.getDay()),
  u: (date) => String(date.getDay() || 7),
  U: (date) => pad(week(date, 0)),
  W: (date) => pad(week(date, 1)),
  // of a datetime without a time zone
  z: () => '',
  Z: () => '',
  D: (date) => strftime(date, '%m/%d/%y'),
  F: (date) => strftime(date, '%Y-%m-%d'),
  T: (date) => strftime(date, '%H:%M:%S'),
  R: (date) => strftime(date, '%H:%M'),
  c: (date) => strftime(date, '%a %b %e %H:%M:%S %Y'),
  x: (date) => strftime(date, '%m/%d/%y'),
  X: (date) => strftime(date, '%H:%M:%S'),
  // glibc's, which templates rely on: no padding
  '-d': (date) => String(date.getDate()),
  '-m': (date) => String(date.getMonth() + 1),
  '-H': (date) => String(date.getHours()),
  '-I': (date) => String(date.getHours() % 12 || 12),
  '-M': (date) => String(date.getMinutes()),
};

/** datetime.strftime, with the names of locale C. */
export function strftime(date: Date, format: string): string {
  return format.replace(/%(-?[\s\S]?)/g, (whole: string, name: string) => {
    const directive = DIRECTIVES[name];
    return directive === undefined
      ? unsupported(message('The date format {0} in the chat template is not supported.', whole))
      : directive(date);
  });
}
