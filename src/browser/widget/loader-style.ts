/** Everything the host page sees of us, inside a closed shadow root: its styles do not reach in, ours not out. */
export const LOADER_STYLE = `
:host{all:initial!important}
*{box-sizing:border-box}
.chat{font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",Arial,sans-serif}
.open{position:fixed;bottom:max(16px,env(safe-area-inset-bottom));right:16px;z-index:2147483646;display:flex;align-items:center;gap:10px;
min-height:52px;max-width:calc(100vw - 32px);padding:10px 20px 10px 14px;border:2px solid #fff;border-radius:999px;background:var(--ke-ben-fill);color:var(--ke-ben-on);
font:inherit;font-weight:600;line-height:1.35;text-align:left;cursor:pointer;box-shadow:0 4px 18px rgba(20,30,28,.28);touch-action:manipulation}
.open svg{width:28px;height:28px;flex:none}
.open b{display:grid;place-items:center;min-width:24px;height:24px;padding:0 6px;border-radius:12px;background:#fff;color:#14403c;font-size:14px}
.left .open{right:auto;left:16px}
:focus-visible{outline:3px solid #14403c;outline-offset:3px;box-shadow:0 0 0 3px #fff}
.panel{position:fixed;right:16px;bottom:16px;z-index:2147483647;width:420px;height:min(720px,calc(100vh - 32px));border-radius:20px;overflow:hidden;
color-scheme:light dark;background:Canvas;color:CanvasText;box-shadow:0 12px 48px rgba(20,30,28,.32)}
.left .panel{right:auto;left:16px}
.in .open{position:static;width:100%;justify-content:center}
.in .panel{position:relative;inset:0;z-index:0;width:100%}
.sheet .panel{inset:0;top:var(--ke-ben-top,0);width:100%;height:var(--ke-ben-height,100%);border-radius:0}
iframe{position:absolute;inset:0;width:100%;height:100%;border:0;background:transparent}
.wait{display:grid;gap:12px;padding:20px}
.wait a{color:inherit;font-size:24px;padding:10px 0}
.wait button{min-height:48px;font:inherit}
p{margin:0}
[hidden]{display:none!important}
@media (forced-colors:active){.open,.panel{border:2px solid ButtonText}}
`;

/** Works under a host policy without 'unsafe-inline': a constructed sheet is not inline style. */
export function applyStyle(root: ShadowRoot): void {
  // The types promise it everywhere; Safari has it since 16.4.
  const sheets: unknown = root.adoptedStyleSheets;
  if (sheets !== undefined) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(LOADER_STYLE);
    root.adoptedStyleSheets = [sheet];
    return;
  }
  const style = document.createElement("style");
  style.textContent = LOADER_STYLE;
  root.append(style);
}
