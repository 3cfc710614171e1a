/** A place as people know it: the camera's number and name, below it where it stands. */
export function PlaceWords({ number, name, site }: { number: number; name: string; site: string }) {
  return (
    <span lang="tr">
      {number} · {name}
      {site && <small>{site}</small>}
    </span>
  );
}
