const PAGE = 20;

/** Where a key goes in a list; null: it is no key that moves, or there is nowhere to go. */
export function nextPlace(key: string, at: number, count: number): number | null {
  if (count === 0) return null;
  const to = target(key, at, count);
  return to === null ? null : Math.max(0, Math.min(count - 1, to));
}

function target(key: string, at: number, count: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return at + 1;
    case 'ArrowUp':
      return at < 0 ? count - 1 : at - 1;
    case 'PageDown':
      return at + PAGE;
    case 'PageUp':
      return at - PAGE;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}
