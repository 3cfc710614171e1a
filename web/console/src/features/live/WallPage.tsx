export function WallPage() {
  return <div />;
}
