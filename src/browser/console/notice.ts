/** The browser's own notification, for a counsellor who is looking at another window. It names no case. */
export interface Notice {
  /** Shows it when the console is out of sight and the browser may. */
  show(text: string): void;
  /** Asks the browser for leave; only inside a tap, or it says no for good. */
  ask(): void;
}

const TAG = "ke-ben-waiting";

export function createNotice(): Notice {
  const isPossible = "Notification" in window;
  return {
    show(text) {
      if (!isPossible || Notification.permission !== "granted" || document.hasFocus()) return;
      // The same tag: a second ring replaces the first one instead of piling up.
      const shown = new Notification("Kề Bên", { body: text, tag: TAG, requireInteraction: true });
      shown.addEventListener("click", () => {
        window.focus();
        shown.close();
      });
    },
    ask() {
      if (isPossible && Notification.permission === "default")
        void Notification.requestPermission().catch(() => {});
    },
  };
}
