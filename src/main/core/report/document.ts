import { html, Html } from './markup';
import { STYLE } from './style';

/** A whole page that needs nothing but itself: no script, nothing from anywhere else. @param style beyond what all pages have */
export const htmlDocument = (title: string, body: Html, style = ''): string =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <title>${title}</title>
        <style>
          ${new Html(STYLE + style)}
        </style>
      </head>
      <body>
        <main>${body}</main>
      </body>
    </html> `.text;
