/** Everything the host page sees of us, inside a closed shadow root: its styles do not reach in, ours not out. */
export const LOADER_STYLE = `
:host{all:initial!important}
*{box-sizing:border-box}
.open{position:fixed;bottom:max(16px,env(safe-area-inset-bottom));right:16px;z-index:2147483646;display:flex;align-items:center;gap:10px;
min-height:52px;max-width:calc(100vw - 32px);padding:10px 20px 10px 14px;border:2px solid #fff;border-radius:999px;background:var(--ke-ben-fill);color:var(--ke-ben-on);
font:600 16px/1.35 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",Arial,sans-serif;text-align:left;cursor:pointer;box-shadow:0 4px 18px rgba(20,30,28,.28);touch-action:manipulation}
.open svg{width:28px;height:28px;flex:none}
.open b{display:grid;place-items:center;min-width:24px;height:24px;padding:0 6px;border-radius:12px;background:#fff;color:#14403c;font-size:14px}
.left .open{right:auto;left:16px}
:focus-visible{outline:3px solid #14403c;outline-offset:3px;box-shadow:0 0 0 3px #fff}
.panel{position:fixed;right:16px;bottom:16px;z-index:2147483647;width:420px;height:min(720px,calc(100vh - 32px));border-radius:20px;overflow:hidden;
background:#fbf7f0;color:#24302e;box-shadow:0 12px 48px rgba(20,30,28,.32);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",Arial,sans-serif}
.left .panel{right:auto;left:16px}
.sheet .panel{inset:0;top:var(--ke-ben-top,0);width:100%;height:var(--ke-ben-height,100%);border-radius:0}
iframe{position:absolute;inset:0;width:100%;height:100%;border:0;background:transparent}
.wait{display:grid;gap:12px;padding:20px}
.wait a{color:#1c6963;font-size:24px;font-weight:700;padding:10px 0}
.wait button{min-height:48px;padding:8px 16px;border:2px solid #55625f;border-radius:12px;background:#fff;color:#24302e;font:inherit;cursor:pointer}
p{margin:0}
[hidden]{display:none!important}
@media (prefers-color-scheme:dark){.panel{background:#151a1a;color:#ecebe5}.wait a{color:#7fd0c4}.wait button{background:#1e2525;color:#ecebe5}}
@media (forced-colors:active){.open,.panel{border:2px solid ButtonText}}
`;

/** Works under a host policy without 'unsafe-inline': a constructed sheet is not inline style. */
export function applyStyle(root: ShadowRoot): void {
  if ("adoptedStyleSheets" in root && "replaceSync" in CSSStyleSheet.prototype) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(LOADER_STYLE);
    root.adoptedStyleSheets = [sheet];
    return;
  }
  const style = document.createElement("style");
  style.textContent = LOADER_STYLE;
  root.append(style);
}
