/** How the preview looks: plain, wide enough for a list beside a phone. */
export const PREVIEW_STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 0; } a { color: inherit; }
header { padding: .5rem 1rem; border-bottom: 1px solid #8885; }
h1 { font-size: 1.1rem; margin: 0; } h2 { font-size: .9rem; margin: 1rem 0 .25rem; }
.columns { display: flex; flex-wrap: wrap; }
nav { flex: 1 1 14rem; max-height: 80vh; overflow: auto; padding: 0 1rem; font-size: .9rem; }
nav ul { list-style: none; margin: 0; padding: 0; } nav [aria-current] { font-weight: bold; }
main { flex: 3 1 24rem; padding: 1rem; }
.chooser { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; font-size: .9rem; }
.bubble { max-width: 390px; box-sizing: border-box; padding: .75rem 1rem; border: 1px solid #8885; border-radius: 1rem; white-space: pre-wrap; font: inherit; margin: .5rem 0; }
article.bubble { white-space: normal; }
.ways { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .5rem; max-width: 390px; }
.button { display: inline-block; padding: .5rem .75rem; border: 1px solid; border-radius: .75rem; text-decoration: none; }
.helplines { list-style: none; padding: 0; } .helplines b { font-size: 1.25rem; }
.note, .path { font-size: .85rem; opacity: .8; } .mistakes { color: #b00020; } .well { color: #17703a; margin: 0; }
@media (prefers-color-scheme: dark) { .mistakes { color: #ff8a9a; } .well { color: #7fd6a0; } }
`;
