/** What XML 1.0 holds in no way at all, not even escaped (section 2.2). */
const NOT_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
};

/**
 * Text for an element or a quoted attribute. Characters that XML can't hold become U+FFFD; a carriage return is escaped, since readers
 * would make a line feed of it.
 *
 * Written here for being measured: of the libraries, one leaves control characters in (fast-xml-builder 1.3.2), the other takes
 * 0.7 ms a track and can't be interrupted (xmlbuilder2 4.0.3).
 */
export const xmlText = (text: string): string =>
  text.replace(NOT_XML, '\ufffd').replace(/[&<>"\r]/g, (character) => ESCAPES[character]!);

/** An element that holds text alone, on a line of its own; nothing where there is no value. */
export const xmlLine = (indent: string, name: string, value: string | number | null | undefined): string =>
  value === null || value === undefined || value === ''
    ? ''
    : `${indent}<${name}>${xmlText(String(value))}</${name}>\n`;

export const XML_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n';
