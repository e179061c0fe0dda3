/** Imports a package as a program of this folder would. */
export const load = (name) => import(name);
