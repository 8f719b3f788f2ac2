/** A provider is not to be trusted: what it did, in words that follow its name ("gave …"). */
export class ProviderFault extends Error {}
