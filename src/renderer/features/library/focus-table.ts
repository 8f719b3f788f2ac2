/** Id of the table's element. */
export const TABLE_ID = 'tracks';

/** Moving by keys brings the focus along, so that Enter then means the track and not the button pressed before. */
export const focusTable = (): void => {
  document.getElementById(TABLE_ID)?.focus({ preventScroll: true });
};
