import type { ComponentChildren } from "preact";

function Icon({ children }: { readonly children: ComponentChildren }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      {children}
    </svg>
  );
}

/** Two bubbles that lean on each other: right beside you. */
export function Mark() {
  return (
    <svg class="mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <path
        class="mark-big"
        d="M13 5a10 10 0 0 1 10 10 10 10 0 0 1-10 10c-1.600 0-3.100-.4-4.500-1.100L3.400 25.200l1.300-4.600A10 10 0 0 1 13 5z"
      />
      <path
        class="mark-small"
        d="M22.600 13a6.400 6.400 0 0 1 5.400 9.900l.9 3.300-3.500-.9A6.400 6.400 0 1 1 22.600 13z"
      />
    </svg>
  );
}

export const PhoneIcon = () => (
  <Icon>
    <path d="M6.600 3.500 9 3l2 4.600-1.700 1.500a12 12 0 0 0 5.600 5.600l1.500-1.700 4.600 2-.5 2.400c-.2 1.200-1.200 2-2.400 2A15.500 15.500 0 0 1 4.600 5.900c0-1.200.8-2.200 2-2.400z" />
  </Icon>
);
export const SendIcon = () => (
  <Icon>
    <path d="M3.500 20.500 21 12 3.500 3.500 3.500 10.200 14.500 12 3.500 13.800z" />
  </Icon>
);
export const CloseIcon = () => (
  <Icon>
    <path class="stroke" d="M6 6l12 12M18 6 6 18" />
  </Icon>
);
export const BackIcon = () => (
  <Icon>
    <path class="stroke" d="M14.500 5.500 8 12l6.500 6.500" />
  </Icon>
);
export const PersonIcon = () => (
  <Icon>
    <path d="M12 3.500a4.300 4.300 0 1 1 0 8.600 4.300 4.300 0 0 1 0-8.600zM3.800 20.500c.4-4.200 3.600-6.800 8.200-6.800s7.800 2.600 8.200 6.800z" />
  </Icon>
);
export const AlertIcon = () => (
  <Icon>
    <path d="M12 2.800 22.500 21h-21zM11 9.500v5.300h2V9.500zm0 6.800v2h2v-2z" fill-rule="evenodd" />
  </Icon>
);
export const BellIcon = () => (
  <Icon>
    <path d="M12 3a6 6 0 0 1 6 6v4.500l1.800 3.500H4.200L6 13.500V9a6 6 0 0 1 6-6zM9.800 18.500h4.400a2.200 2.200 0 0 1-4.400 0z" />
  </Icon>
);
export const LockIcon = () => (
  <Icon>
    <path
      d="M7 10V8a5 5 0 0 1 10 0v2h1.500v11h-13V10zm2.200 0h5.600V8a2.800 2.800 0 0 0-5.600 0z"
      fill-rule="evenodd"
    />
  </Icon>
);
export const ClockIcon = () => (
  <Icon>
    <path class="stroke" d="M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16zM12 8v4.300l2.800 1.700" />
  </Icon>
);
