/** The bead read as a lens: it never blinks, follows or stares. */
export function Mark({ size = 24 }: { size?: number }) {
  if (size <= 16) {
    return (
      <svg width={size} height={size} viewBox="0 0 48 48" aria-hidden="true" focusable="false">
        <circle cx="24" cy="24" r="22" fill="#0A3D8F" stroke="#58B6E8" strokeWidth="1.2" />
        <circle cx="24" cy="24" r="12.25" fill="none" stroke="#fff" strokeWidth="4.5" />
        <circle cx="24" cy="24" r="10" fill="#58B6E8" />
        <circle cx="24" cy="24" r="4.8" fill="#0B1722" />
      </svg>
    );
  }
  return (
    <svg width={size} height={size} viewBox="0 0 48 48" aria-hidden="true" focusable="false">
      <circle cx="24" cy="24" r="22" fill="#0A3D8F" stroke="#58B6E8" strokeWidth="1.2" />
      <circle cx="24" cy="5.6" r="1.6" fill="var(--nz-canvas)" />
      <circle cx="24" cy="25" r="12.25" fill="none" stroke="#fff" strokeWidth="4.5" strokeDasharray="71.84 5.13" transform="rotate(-33 24 25)" />
      <circle cx="24" cy="25" r="10" fill="#58B6E8" />
      <circle cx="24" cy="25" r="4.8" fill="#0B1722" />
    </svg>
  );
}
