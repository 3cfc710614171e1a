/** What the server says: JSON of `/api/v1`. Times are microseconds UTC. */
export type Language = 'tr' | 'en';

export type Me = {
  id: string;
  name: string;
  display_name: string;
  role: 'administrator' | 'guard' | 'viewer';
  language: Language;
  must_change_password: boolean;
  server_time_us: number;
  zone: string;
  may_see_health: boolean;
  session_ends_us: number;
};

/** Why a picture may be seen, and until when. */
export type Basis = { text: string; until_us: number | null };

export type CameraState = 'connecting' | 'recording' | 'live_only' | 'no_storage' | 'waiting' | 'away';

export type Camera = {
  id: string;
  number: number;
  name: string;
  site: string;
  kind: string;
  is_recorded: boolean;
  has_sub: boolean;
  state: CameraState;
  detail: string | null;
  since_us: number | null;
  codec: string | null;
  width: number | null;
  height: number | null;
  frames_per_s: number | null;
  bits_per_s: number | null;
  last_picture_us: number | null;
  recorded_until_us: number | null;
  clock_offset_us: number | null;
  is_content_frozen: boolean;
  live: Basis | null;
  playback: Basis | null;
};

export type CameraList = { cameras: Camera[]; server_time_us: number };

export type StreamKind = 'main' | 'sub';

export type SavedView = {
  id: string;
  name: string;
  layout: string;
  cells: (string | null)[];
  is_shared: boolean;
  is_mine: boolean;
};

export type NewView = Omit<SavedView, 'id' | 'is_mine'>;

export type Tour = { id: string; name: string; dwell_s: number; view_ids: string[]; is_mine: boolean };

export type NewTour = Omit<Tour, 'id' | 'is_mine'>;
