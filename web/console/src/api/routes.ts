/** What the routes of the API take and answer, read off the generated description: types only. */
import type { paths } from './schema';

export type Method = 'get' | 'post' | 'put' | 'delete';

/** The addresses under `/api/v1` that take `M`, with their places in braces. */
export type Path<M extends Method> = {
  [P in keyof paths]: paths[P] extends Record<M, object> ? (P extends `/api/v1${infer Rest}` ? Rest : never) : never;
}[keyof paths];

type Operation<M extends Method, P> = paths[`/api/v1${P & string}` & keyof paths][M];

type Part<O, Name extends 'path' | 'query'> = O extends { parameters: Record<Name, infer V extends object> }
  ? Record<Name, V>
  : O extends { parameters: { [N in Name]?: infer V } }
    ? [V] extends [undefined] ? unknown : { [N in Name]?: V }
    : unknown;

type Body<O> = O extends { requestBody: { content: { 'application/json': infer B } } } ? { body: B } : unknown;

/** What a call of the route needs: the places of its address, its query, its body. */
export type Request<M extends Method, P extends Path<M>> = Part<Operation<M, P>, 'path'> &
  Part<Operation<M, P>, 'query'> &
  Body<Operation<M, P>>;

type Json<R> = R extends { content: { 'application/json': infer T } } ? T : never;
type Success<R> = { [S in keyof R]: S extends 200 | 201 | 202 ? Json<R[S]> : S extends 204 ? void : never }[keyof R];

/** What the route answers when it does not refuse. */
export type Answer<M extends Method, P extends Path<M>> =
  Operation<M, P> extends { responses: infer R } ? Success<R> : never;
