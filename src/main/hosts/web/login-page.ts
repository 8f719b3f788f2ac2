import { createHash } from 'node:crypto';

const STYLE = `
:root { color-scheme: light dark; --paper: #f7f7f5; --card: #fff; --ink: #1d1d1b; --soft: #5b5b57; --line: #8a8a84; --accent: #2f5fb3; --bad: #a3211b; }
@media (prefers-color-scheme: dark) { :root { --paper: #191918; --card: #232322; --ink: #ececea; --soft: #a9a9a4; --line: #85857f; --accent: #8fb4f5; --bad: #ff9a92; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
main { width: min(22rem, calc(100vw - 2rem)); padding: 2rem; background: var(--card); border-radius: 10px; box-shadow: 0 1px 3px rgb(0 0 0 / .18); }
h1 { margin: 0 0 .25rem; font-size: 1.25rem; font-weight: 600; }
p { margin: 0 0 1.25rem; color: var(--soft); }
label { display: block; margin-bottom: .375rem; font-weight: 500; }
input { width: 100%; padding: .5rem .625rem; font: inherit; color: inherit; background: transparent; border: 1px solid var(--line); border-radius: 6px; }
button { width: 100%; margin-top: 1rem; padding: .5rem; font: inherit; font-weight: 600; color: var(--card); background: var(--accent); border: 0; border-radius: 6px; cursor: pointer; }
input:focus-visible, button:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
[role=alert] { margin: 0 0 1rem; color: var(--bad); }
`;

/** The page needs no script and nothing of the window's files; its one style is named by its hash. */
export const LOGIN_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** @param problem a sentence of ours, never of the request; null at the first sight */
export const loginPage = (problem: string | null): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Log in – Genregram</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>Genregram</h1>
<p>Log in to this music library.</p>
${problem === null ? '' : `<div role="alert" id="problem">${problem}</div>`}
<form method="post" action="login">
<input type="text" name="username" value="genregram" autocomplete="username" hidden>
<label for="password">Password</label>
<input type="password" id="password" name="password" autocomplete="current-password" required autofocus maxlength="256"${problem === null ? '' : ' aria-invalid="true" aria-describedby="problem"'}>
<button>Log in</button>
</form>
</main>
</body>
</html>
`;
