/** Equals package.json's version, which is not at hand in a bundled program; a test compares them. */
export const VERSION = '0.1.0';
