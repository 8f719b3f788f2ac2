/** Tells this window from others of the same backend, for as long as it is open. */
export const windowName = `${Date.now()}-${Math.random()}`;
