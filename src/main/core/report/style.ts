/** The page's own style: light and dark by what the reader's system says, and fit to be printed. */
export const STYLE = `
:root { color-scheme: light dark; --paper: #fff; --ink: #1c1f24; --dim: #5b6370; --line: #dfe3e8; --soft: #f5f6f8; --bar: #3b6ea8; --unsure: #8793a2; }
@media (prefers-color-scheme: dark) { :root { --paper: #15181c; --ink: #e6e9ed; --dim: #9aa4b1; --line: #2c323a; --soft: #1d2126; --bar: #6aa3e0; --unsure: #667181; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 14px/1.5 system-ui, -apple-system, 'Segoe UI', sans-serif; }
main { max-width: 960px; margin: 0 auto; padding: 40px 24px 80px; }
h1 { font-size: 26px; line-height: 1.2; font-weight: 600; margin: 0 0 6px; }
h2 { font-size: 16px; font-weight: 600; margin: 40px 0 12px; }
.where { margin: 0; overflow-wrap: anywhere; }
.made, .count, .path, .artist, .key { color: var(--dim); }
.made { margin: 2px 0 0; font-size: 13px; }
.count { font-weight: 400; }
.tiles { list-style: none; display: flex; flex-wrap: wrap; gap: 1px; margin: 28px 0 0; padding: 1px; background: var(--line); border-radius: 8px; overflow: hidden; }
.tiles li { flex: 1 1 96px; background: var(--paper); padding: 12px 16px; color: var(--dim); }
.tiles strong { display: block; font-size: 22px; font-weight: 600; color: var(--ink); font-variant-numeric: tabular-nums; }
svg { display: block; max-width: 100%; height: auto; font: 12px system-ui, -apple-system, 'Segoe UI', sans-serif; }
svg text { fill: var(--ink); font-variant-numeric: tabular-nums; }
svg .name { text-anchor: end; }
svg .mid { text-anchor: middle; }
svg .axis, svg .number { fill: var(--dim); }
svg .bar { fill: var(--bar); }
svg .unsure { fill: var(--unsure); }
svg .rule { stroke: var(--line); }
.key { margin: -6px 0 10px; font-size: 13px; }
.swatch { display: inline-block; width: 12px; height: 12px; border-radius: 2px; margin: 0 6px 0 0; vertical-align: -1px; }
.swatch.bar { background: var(--bar); }
.swatch.unsure { background: var(--unsure); margin-left: 16px; }
table { border-collapse: collapse; width: 100%; font-size: 13px; }
table.narrow { width: auto; }
th { text-align: left; font-weight: 500; color: var(--dim); white-space: nowrap; }
th, td { padding: 6px 12px 6px 0; border-bottom: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere; }
.figure { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.track { font-weight: 500; }
.path { font-size: 12px; }
@media print { main { max-width: none; padding: 0; } tr { break-inside: avoid; } }
`;
