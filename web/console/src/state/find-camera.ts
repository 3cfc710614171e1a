/** Finding a camera by what it is called today, or was before. */
import { fold } from './fold';

type Words = { number: number; name: string; site: string };
type Found = Words & { former?: readonly Words[] };

const said = ({ number, name, site }: Words): string => fold(`${number} ${name} ${site}`);

/** Whether `text` stands in its words of today, or in those of one of its former places. */
export const isFound = (camera: Found, text: string): boolean => [camera, ...(camera.former ?? [])].some((one) => said(one).includes(fold(text.trim())));

/** The newest former place by which alone it is found; none where today's words say it, too. */
export function foundBy<F extends Words>(camera: Words & { former?: readonly F[] }, text: string): F | undefined {
  const wanted = fold(text.trim());
  if (wanted === '' || said(camera).includes(wanted)) return undefined;
  return camera.former?.find((one) => said(one).includes(wanted));
}
