/** The stage door: Backlot's mark. */
export function Mark({ size = 18 }: { size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      aria-hidden="true"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.9}
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d="M4 20V9.5L12 4l8 5.5V20" />
      <path d="M4 20h16" />
      <path d="M9 20v-6.5h6V20" style={{ fill: "var(--accent)", stroke: "var(--accent)" }} />
    </svg>
  );
}
