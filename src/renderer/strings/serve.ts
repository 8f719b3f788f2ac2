/** What the window says where it is served to a browser. */
export const serve = {
  /** An empty name is the list of all folders that the server may reach. */
  upTo: (folder: string) => `Up to ${folder || 'all folders'}`,
  logOut: 'Log out',
};
