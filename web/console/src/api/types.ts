/** What the server says, by the names the console uses. Times are microseconds UTC. `schema.d.ts` is made by `make api`. */
import type { components, operations } from './schema';

type Schemas = components['schemas'];

/** What the events of `/events` carry, by their names. */
export type Events = Schemas['Events'];

export type Me = Schemas['MeAnswer'];
export type Language = Me['language'];
/** What a session must do before it opens anything else. */
export type Step = NonNullable<Me['next_step']>;
/** The password was right, a code is asked for. */
export type CodeAsked = Schemas['CodeAnswer'];
/** How one's second factor stands. */
export type Factor = Schemas['FactorAnswer'];
export type OwnSession = Schemas['OwnSession'];

/** Why a picture may be seen, and until when. */
export type Basis = Schemas['BasisRow'];
export type Camera = Schemas['Camera'];
export type StreamKind = NonNullable<operations['begin_webrtc']['parameters']['query']>['stream'] & string;

export type SavedView = Schemas['View'];
export type NewView = Schemas['ViewBody'];
export type Tour = Schemas['Tour'];
export type NewTour = Schemas['TourBody'];

export type Timeline = Schemas['TimelineAnswer'];
export type Recording = Schemas['Recording'];
export type Gap = Schemas['GapRow'];

export type Health = Schemas['HealthAnswer'];
export type CameraHealth = Schemas['CameraHealth'];
export type VolumeHealth = Schemas['VolumeHealth'];
export type AlarmHealth = Schemas['AlarmHealth'];

export type Role = Schemas['Role'];
export type Action = Schemas['Action'];
export type Unit = Schemas['Unit'];
export type UnitKind = Schemas['UnitKind'];
export type UnitBody = Schemas['UnitBody'];
export type Person = Schemas['PersonRow'];
export type PersonBody = Schemas['PersonBody'];
export type EmploymentKind = Schemas['EmploymentKind'];
export type Account = Schemas['AccountRow'];
export type AccountKind = Schemas['AccountKind'];
export type AccountBody = Schemas['AccountBody'];
export type AccountChange = Schemas['AccountChange'];
export type RoleBody = Schemas['RoleBody'];
