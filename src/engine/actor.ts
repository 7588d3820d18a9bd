import type { ActingPerson } from './definition.ts'

/** One post somebody holds or stands in for now, with the tray keys it opens. */
export interface ActingPost {
  position: string
  title: string
  unit: string
  /** `definitive`, `plt`, `plh`, `pj` … */
  capacity: string
  /** `position:<id>`, `role:<role>@<unit>`, `role:<role>`, `unit:<unit>` */
  keys: readonly string[]
}

/** Who sends a command, resolved by `organization` for the moment of the request. */
export interface Actor {
  person: string
  name: string
  posts: readonly ActingPost[]
}

/** Every tray key the actor holds through any post. */
export const keysOf = (actor: Actor): string[] => [...new Set(actor.posts.flatMap((post) => post.keys))]

/** The actor in the first post that holds one of `keys`, or null: the only rights check of the engine. */
export function actAs(actor: Actor, keys: readonly string[]): ActingPerson | null {
  const post = actor.posts.find((candidate) => candidate.keys.some((key) => keys.includes(key)))
  if (!post) return null
  const { position, title, unit, capacity } = post
  return { person: actor.person, name: actor.name, position, title, unit, capacity }
}
