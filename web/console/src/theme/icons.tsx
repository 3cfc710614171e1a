/** One outline set, 24 px, stroke 1.75. Words stand beside all but full screen, close, more, play and pause. */
import type { ReactNode } from 'react';

export type IconProps = { size?: number };

const icon = (content: ReactNode) =>
  function Icon({ size = 20 }: IconProps) {
    return (
      <svg
        width={size}
        height={size}
        viewBox="0 0 24 24"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.75"
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden="true"
        focusable="false"
      >
        {content}
      </svg>
    );
  };

export const IconLive = icon(<><rect x="3" y="5" width="18" height="12" rx="2" /><path d="M8 21h8M12 17v4" /></>);
export const IconPlayback = icon(<><path d="M4 12a8 8 0 1 0 2.6-5.9L4 8.5" /><path d="M4 4v4.5h4.5M12 8v4.5l3 1.8" /></>);
export const IconViews = icon(<><rect x="3" y="4" width="11" height="10" rx="1.5" /><path d="M17.5 4H21v4.5h-3.5zM17.5 11.5H21V16h-3.5zM3 18h18" /></>);
export const IconHealth = icon(<path d="M3 12h4l2.5-7 5 14 2.5-7h4" />);
export const IconUnits = icon(<><rect x="9" y="3.5" width="6" height="5" rx="1" /><path d="M12 8.5V12M5.5 15.5V12h13v3.5" /><circle cx="5.5" cy="18" r="2.5" /><circle cx="18.5" cy="18" r="2.5" /></>);
export const IconHelp = icon(<><circle cx="12" cy="12" r="9" /><path d="M9.5 9.3a2.6 2.6 0 1 1 3.6 2.4c-.7.3-1.1.9-1.1 1.6v.4M12 17h.01" /></>);
export const IconSearch = icon(<><circle cx="11" cy="11" r="6.5" /><path d="m16 16 4.5 4.5" /></>);
export const IconTraining = icon(<><path d="M12 4 2.5 9 12 14l9.5-5z" /><path d="M6.5 11.2V16c1.5 1.6 3.4 2.4 5.5 2.4s4-.8 5.5-2.4v-4.8M21.5 9v5" /></>);
export const IconBell = icon(<><path d="M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.5h-15z" /><path d="M10 20.5h4" /></>);
export const IconUser = icon(<><circle cx="12" cy="8.5" r="3.8" /><path d="M4.5 20c1-3.8 4-5.5 7.5-5.5s6.5 1.7 7.5 5.5" /></>);
export const IconChevron = icon(<path d="m9 6 6 6-6 6" />);
export const IconChevronLeft = icon(<path d="m15 6-6 6 6 6" />);
export const IconClose = icon(<path d="M6 6l12 12M18 6 6 18" />);
export const IconMore = icon(<path d="M5 12h.01M12 12h.01M19 12h.01" strokeWidth="3" />);
export const IconFull = icon(<path d="M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5" />);
export const IconFullExit = icon(<path d="M9 4v5H4M15 4v5h5M9 20v-5H4M15 20v-5h5" />);
export const IconWindow = icon(<><path d="M14 4h6v6M20 4l-8 8" /><path d="M18 14v4.5a1.5 1.5 0 0 1-1.5 1.5h-11A1.5 1.5 0 0 1 4 18.5v-11A1.5 1.5 0 0 1 5.5 6H10" /></>);
export const IconSave = icon(<path d="M6.5 4h11a1 1 0 0 1 1 1v15l-6.5-4.2L5.5 20V5a1 1 0 0 1 1-1z" />);
export const IconPlay = icon(<path d="M8 5.5v13l10.5-6.5z" />);
export const IconPause = icon(<path d="M8.5 5.5v13M15.5 5.5v13" />);
export const IconNext = icon(<path d="M6 5.5v13l9-6.5zM18 5.5v13" />);
export const IconPrevious = icon(<path d="M18 5.5v13l-9-6.5zM6 5.5v13" />);
export const IconKeys = icon(<><rect x="3" y="6" width="18" height="12" rx="2" /><path d="M7 10h.01M11 10h.01M15 10h.01M8 14h8" /></>);
export const IconTree = icon(<><path d="M4 6h6M4 12h10M4 18h8" /><path d="M18 8v8M15.5 13.5 18 16l2.5-2.5" /></>);
export const IconKey = icon(<><circle cx="8" cy="12" r="4" /><path d="M12 12h8.5M17 12v3.5" /></>);
export const IconLock = icon(<><rect x="5" y="11" width="14" height="9" rx="1.5" /><path d="M8 11V8a4 4 0 0 1 8 0v3" /></>);
export const IconFilm = icon(<><rect x="4" y="5" width="16" height="14" rx="1.5" /><path d="M8 5v14M16 5v14M4 12h16M4 8.5h4M4 15.5h4M16 8.5h4M16 15.5h4" /></>);
export const IconQueue = icon(<path d="M4 7h16M4 12h11M4 17h6M18 14v6M21 17h-6" />);
export const IconLayers = icon(<path d="m12 4 8.5 4.5L12 13 3.5 8.5zM4 13l8 4.3 8-4.3" />);
export const IconPlus = icon(<path d="M12 5v14M5 12h14" />);
export const IconUp = icon(<path d="m6 14 6-6 6 6" />);
export const IconDown = icon(<path d="m6 10 6 6 6-6" />);
export const IconSpot = icon(<><circle cx="12" cy="12" r="3" /><path d="M12 3v3.5M12 17.5V21M3 12h3.5M17.5 12H21" /></>);
export const IconStamp = icon(<><path d="M9 14c0-3-1.5-4-1.5-6.5a4.5 4.5 0 0 1 9 0C16.5 10 15 11 15 14" /><path d="M5 14h14v4H5zM5 21h14" /></>);
export const IconLog = icon(<><path d="M6 3.5h9l3.5 3.5v13.5H6z" /><path d="M9.5 10h5.5M9.5 13.5h5.5M9.5 17h3" /></>);
export const IconDocument = icon(<><path d="M6 3.5h8.5L18.5 7.5V13M6 3.5v17h6" /><path d="M9.5 9h5.5M9.5 12.5h3" /><circle cx="17" cy="17.5" r="3.2" /></>);
export const IconShield = icon(<path d="M12 3 5 6v5c0 5 3 8 7 10 4-2 7-5 7-10V6z" />);
export const IconCalendar = icon(<><rect x="4" y="5.5" width="16" height="14.5" rx="1.5" /><path d="M4 10h16M8.5 3.5v4M15.5 3.5v4" /></>);
export const IconShared = icon(<><circle cx="8" cy="9" r="3" /><circle cx="17" cy="10" r="2.5" /><path d="M2.5 19a5.5 5.5 0 0 1 11 0M14.5 15.5a4 4 0 0 1 7 2.5" /></>);
export const IconRequest = icon(<><rect x="3.5" y="5.5" width="17" height="13" rx="1.5" /><path d="m4 7.5 8 6 8-6" /></>);
export const IconTools = icon(<path d="M14.5 6.5a4 4 0 0 1 5-1.2l-2.7 2.7 1.2 2 2.7-.6a4 4 0 0 1-5.4 3.4L9 19.2a2 2 0 0 1-3-2.7l6.4-6.3a4 4 0 0 1 2.1-3.7z" />);
