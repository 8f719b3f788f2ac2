/** How numbers, times and names are put into words, the same everywhere. All of them are pure. */

const integer = new Intl.NumberFormat('en');

/** 8214 as "8,214". */
export const formatCount = (value: number): string => integer.format(value);

/** "1 track", "8,214 tracks". */
export const formatPlural = (count: number, one: string, many = `${one}s`): string =>
  `${formatCount(count)} ${count === 1 ? one : many}`;

/** A share 0..1 in whole per cent; what is there but rounds to nothing is "<1%". */
export function formatShare(share: number): string {
  const percent = Math.round(share * 100);
  return share > 0 && percent === 0 ? '<1%' : `${percent}%`;
}

/** A number -1..1 with its sign and two digits: "+0.42", "−0.10"; what rounds to nothing has none: "0.00". */
export function formatSigned(value: number): string {
  const digits = Math.abs(value).toFixed(2);
  if (Number(digits) === 0) return digits;
  return `${value < 0 ? '−' : '+'}${digits}`;
}

/** Seconds as "3:07" or "1:02:09". */
export function formatClock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const rest = String(whole % 60).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`;
}

/** Time left in words, coarser the longer it is: "a few seconds", "40 s", "28 min", "2 h 5 min". */
export function formatTimeLeft(seconds: number): string {
  if (seconds < 10) return 'a few seconds';
  if (seconds < 90) return `${Math.round(seconds / 10) * 10} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const rest = minutes % 60;
  return rest === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${rest} min`;
}

/** Tracks a second, with as many digits as are worth reading: "0.42", "4.1", "23". */
export function formatRate(perSecond: number): string {
  if (perSecond >= 9.95) return formatCount(Math.round(perSecond));
  return perSecond >= 0.995 ? perSecond.toFixed(1) : perSecond.toFixed(2);
}

const dayAndTime = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});
const withYear = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});

/** Milliseconds since the epoch as "21 Nov, 09:31", with the year where it isn't the present one. */
export function formatMoment(epochMs: number, now = Date.now()): string {
  const date = new Date(epochMs);
  return (date.getFullYear() === new Date(now).getFullYear() ? dayAndTime : withYear).format(date);
}

/** Bytes as "412 B", "3.4 MB". */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 || value >= 99.5 ? Math.round(value) : value.toFixed(1)} ${units[unit] ?? ''}`;
}

/** The last name of a path with either kind of slash; the path itself if it ends in one. */
export const baseName = (path: string): string => /[^/\\]+$/.exec(path)?.[0] ?? path;

/** All but the last name of a path. */
export const folderOf = (path: string): string =>
  path.slice(0, path.length - baseName(path).length).replace(/(.)[/\\]$/, '$1');
