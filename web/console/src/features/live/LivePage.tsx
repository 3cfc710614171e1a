export function LivePage() {
  return <div />;
}
