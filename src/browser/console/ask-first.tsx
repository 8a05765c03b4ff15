import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
  /** For tables. */
  readonly isWide?: boolean;
}

/** A dialog of the browser itself: it holds the focus, gives it back, and Escape closes it. */
export function Dialog({ title, onClose, children, isWide }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    dialog.current?.showModal();
  }, []);
  return (
    <dialog
      ref={dialog}
      class={isWide === true ? "wide" : undefined}
      aria-labelledby="dialog-title"
      onClose={onClose}
    >
      <h2 id="dialog-title">{title}</h2>
      {children}
    </dialog>
  );
}

interface AskProps {
  readonly title: string;
  readonly body: string;
  /** What is asked besides. */
  readonly children?: ComponentChildren;
  readonly yes: string;
  readonly no: string;
  readonly onYes: () => void;
  readonly onNo: () => void;
}

/** For what cannot be taken back. The safe answer has the focus. */
export function AskFirst({ title, body, children, yes, no, onYes, onNo }: AskProps) {
  return (
    <Dialog title={title} onClose={onNo}>
      <p>{body}</p>
      {children}
      <p class="dialog-acts">
        <button type="button" autofocus onClick={onNo}>
          {no}
        </button>
        <button type="button" class="primary" onClick={onYes}>
          {yes}
        </button>
      </p>
    </Dialog>
  );
}
